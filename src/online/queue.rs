//! Who is asked next: a queue for each host, so that no host sees too many requests at once or too fast, and one that wants
//! to be left alone is. Pure: the time comes in, nothing is waited for.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{Duration, Instant};

use super::transport::Fault;

/// After so many requests in a row without any answer a host is not asked any more: more than one address has, with all its
/// repetitions, and few enough that a host which takes each to the last second costs a run a minute.
const SILENCE: u32 = 6;

/// Items that wait for their hosts.
#[derive(Debug)]
pub struct Queue<T> {
    per_host: usize,
    pause: Duration,
    numbers: HashMap<String, usize>,
    hosts: Vec<Host<T>>,
    /// Hosts that have an item which may go, and since when.
    ready: BTreeSet<(Instant, usize)>,
    /// Makes the places of items distinct, in order of arrival.
    count: u64,
    active: usize,
}

#[derive(Debug)]
struct Host<T> {
    waiting: BTreeMap<(Instant, u64), T>,
    active: usize,
    /// No request starts before.
    next: Instant,
    /// Its entry in `ready`.
    ready: Option<Instant>,
    silent: u32,
    /// Since when it is not asked any more, and why.
    closed: Option<(Instant, Fault)>,
}

/// What the queue gives out.
#[derive(Debug, PartialEq, Eq)]
pub enum Given<T> {
    /// An item that is to be asked for now; or, with a fault, one whose host is not to be asked.
    Item(T, Option<Fault>),
    /// Nothing before this moment.
    Later(Instant),
    /// Nothing before an item that is out comes back.
    Waiting,
    /// Nothing any more.
    Empty,
}

impl<T> Queue<T> {
    /// An empty queue.
    pub fn new(per_host: usize, pause: Duration) -> Self {
        let (numbers, hosts, ready) = (HashMap::new(), vec![], BTreeSet::new());
        Self { per_host: per_host.max(1), pause, numbers, hosts, ready, count: 0, active: 0 }
    }

    /// Puts an item into the queue of its host, not to be given out before `at`.
    pub fn push(&mut self, host: &str, item: T, at: Instant) {
        let number = self.number(host, at);
        self.count += 1;
        self.hosts[number].waiting.insert((at, self.count), item);
        self.refresh(number);
    }

    /// The next item.
    pub fn give(&mut self, now: Instant) -> Given<T> {
        let Some(&(at, number)) = self.ready.first() else {
            return if self.active == 0 { Given::Empty } else { Given::Waiting };
        };
        if at > now {
            return Given::Later(at);
        }
        let host = &mut self.hosts[number];
        let (_, item) = host.waiting.pop_first().expect("a host is ready only while an item waits");
        host.active += 1;
        self.active += 1;
        if host.closed.is_none() {
            host.next = now + self.pause;
        }
        let fault = host.closed.as_ref().map(|(_, fault)| fault.clone());
        self.refresh(number);
        Given::Item(item, fault)
    }

    /// An item that was given out is done with this host for now.
    pub fn release(&mut self, host: &str, now: Instant) {
        let number = self.number(host, now);
        let host = &mut self.hosts[number];
        host.active = host.active.saturating_sub(1);
        self.active = self.active.saturating_sub(1);
        self.refresh(number);
    }

    /// The host is not asked before `until`.
    pub fn hold(&mut self, host: &str, until: Instant) {
        let number = self.number(host, until);
        self.hosts[number].next = self.hosts[number].next.max(until);
        self.refresh(number);
    }

    /// The host is not asked any more; what waits for it is given out with this fault.
    pub fn close(&mut self, host: &str, fault: Fault, now: Instant) {
        let number = self.number(host, now);
        self.hosts[number].closed.get_or_insert((now, fault));
        self.refresh(number);
    }

    /// Whether the host answered. One that does not, again and again, is closed.
    pub fn hear(&mut self, host: &str, answered: bool, now: Instant) {
        let number = self.number(host, now);
        let silent = &mut self.hosts[number].silent;
        *silent = if answered { 0 } else { *silent + 1 };
        if *silent >= SILENCE {
            self.close(host, Fault::Silent, now);
        }
    }

    fn number(&mut self, host: &str, now: Instant) -> usize {
        if let Some(&number) = self.numbers.get(host) {
            return number;
        }
        let number = self.hosts.len();
        self.numbers.insert(host.to_owned(), number);
        let waiting = BTreeMap::new();
        self.hosts.push(Host { waiting, active: 0, next: now, ready: None, silent: 0, closed: None });
        number
    }

    /// Brings the host's entry in `ready` up to date.
    fn refresh(&mut self, number: usize) {
        let host = &mut self.hosts[number];
        let first = host.waiting.first_key_value().map(|(&(at, _), _)| at);
        let ready = match &host.closed {
            // Without a request there is nobody to be polite to.
            Some((since, _)) => first.map(|_| *since),
            None => first.filter(|_| host.active < self.per_host).map(|at| at.max(host.next)),
        };
        if ready != host.ready {
            if let Some(old) = host.ready.take() {
                self.ready.remove(&(old, number));
            }
            host.ready = ready;
            self.ready.extend(ready.map(|at| (at, number)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSE: Duration = Duration::from_millis(200);

    fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    fn queue(items: &[(&str, char)], start: Instant) -> Queue<char> {
        let mut queue = Queue::new(2, PAUSE);
        for &(host, item) in items {
            queue.push(host, item, start);
        }
        queue
    }

    #[test]
    fn a_host_sees_two_at_once_with_pauses_between() {
        let start = Instant::now();
        let mut queue = queue(&[("a", '1'), ("a", '2'), ("a", '3'), ("b", '4')], start);
        assert_eq!(queue.give(start), Given::Item('1', None));
        assert_eq!(queue.give(start), Given::Item('4', None));
        assert_eq!(queue.give(start + millis(199)), Given::Later(start + PAUSE));
        assert_eq!(queue.give(start + PAUSE), Given::Item('2', None));
        assert_eq!(queue.give(start + millis(1000)), Given::Waiting, "two are out");
        queue.release("a", start + millis(1000));
        assert_eq!(queue.give(start + millis(1000)), Given::Item('3', None));
        for host in ["a", "a", "b"] {
            assert_eq!(queue.give(start + millis(2000)), Given::Waiting);
            queue.release(host, start + millis(2000));
        }
        assert_eq!(queue.give(start + millis(2000)), Given::Empty);
    }

    #[test]
    fn a_host_that_wants_to_be_left_alone_is() {
        let start = Instant::now();
        let mut queue = queue(&[("a", '1'), ("a", '2'), ("b", '3')], start);
        queue.hold("a", start + millis(5000));
        assert_eq!(queue.give(start), Given::Item('3', None));
        assert_eq!(queue.give(start), Given::Later(start + millis(5000)));
        assert_eq!(queue.give(start + millis(5000)), Given::Item('1', None));
    }

    #[test]
    fn an_item_may_wait_by_itself() {
        let start = Instant::now();
        let mut queue = queue(&[("a", '1')], start);
        assert_eq!(queue.give(start), Given::Item('1', None));
        queue.push("a", '1', start + millis(4000));
        queue.push("a", '2', start);
        queue.release("a", start);
        assert_eq!(queue.give(start + PAUSE), Given::Item('2', None));
        assert_eq!(queue.give(start + PAUSE), Given::Later(start + millis(4000)));
    }

    #[test]
    fn a_closed_host_gives_back_its_items_at_once() {
        let start = Instant::now();
        let mut queue = queue(&[("a", '1'), ("a", '2'), ("a", '3')], start);
        assert_eq!(queue.give(start), Given::Item('1', None));
        queue.hold("a", start + millis(5000));
        queue.push("a", '4', start + millis(9000));
        queue.close("a", Fault::NoSuchName, start);
        assert_eq!(queue.give(start), Given::Item('2', Some(Fault::NoSuchName)));
        assert_eq!(queue.give(start), Given::Item('3', Some(Fault::NoSuchName)));
        assert_eq!(queue.give(start), Given::Item('4', Some(Fault::NoSuchName)));
    }

    #[test]
    fn a_host_that_never_answers_is_closed_and_one_answer_is_enough() {
        let start = Instant::now();
        let mut queue = queue(&[("a", '1'), ("b", '2')], start);
        for answered in [false, false, false, false, false, true, false, false, false, false, false] {
            queue.hear("a", answered, start);
        }
        assert_eq!(queue.give(start), Given::Item('1', None));
        for _ in 0..6 {
            queue.hear("b", false, start);
        }
        assert_eq!(queue.give(start), Given::Item('2', Some(Fault::Silent)));
    }
}
