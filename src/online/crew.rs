//! The threads that work off a queue of visits. Nobody sleeps on behalf of one host: whoever has nothing to ask waits for
//! the next moment at which any host may be asked.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Sender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use jiff::Timestamp;

use super::queue::{Given, Queue};
use super::settings::Settings;
use super::transport::{Answer, Fault, Transport};
use super::visit::{Finding, Next, Visit};

/// Something that happened during a check.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// A host is being asked.
    Asking(String),
    /// A host was asked.
    Asked(String),
    /// The address of this number is done.
    Found(usize, Finding),
}

/// What the threads share.
struct Shared<'s> {
    state: Mutex<State>,
    /// Told whenever an item may have become ready.
    change: Condvar,
    transport: &'s dyn Transport,
    settings: &'s Settings,
    now: Timestamp,
}

struct State {
    queue: Queue<(usize, Visit)>,
    /// Hosts that do not answer under `https:`: their other pages are not tried there.
    plain: HashSet<String>,
    /// Nobody listens any more.
    stop: bool,
}

/// Brings all visits to an end and tells each event on the thread that calls.
pub(super) fn run(
    visits: Vec<Visit>,
    transport: &dyn Transport,
    settings: &Settings,
    now: Timestamp,
    hear: &mut dyn FnMut(Event),
) {
    let threads = settings.concurrency.clamp(1, visits.len().max(1));
    let mut queue = Queue::new(settings.per_host, settings.pause);
    let start = Instant::now();
    for (number, visit) in visits.into_iter().enumerate() {
        let host = visit.host().to_owned();
        queue.push(&host, (number, visit), start);
    }
    let state = Mutex::new(State { queue, plain: HashSet::new(), stop: false });
    let shared = Shared { state, change: Condvar::new(), transport, settings, now };
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..threads {
            let (sender, shared) = (sender.clone(), &shared);
            scope.spawn(move || shared.work(&sender));
        }
        drop(sender);
        for event in receiver {
            hear(event);
        }
    });
}

impl Shared<'_> {
    fn work(&self, sender: &Sender<Event>) {
        while let Some((number, visit, fault)) = self.wait() {
            let host = visit.host().to_owned();
            let tell = |event| sender.send(event).is_ok();
            let result = match fault {
                Some(fault) => Err(fault),
                None if tell(Event::Asking(host.clone())) => {
                    let result = self.fetch(&visit);
                    tell(Event::Asked(host.clone()));
                    result
                }
                None => Err(Fault::Silent),
            };
            let found = self.settle(number, visit, &host, result);
            if !found.is_none_or(|finding| tell(Event::Found(number, finding))) {
                self.lock().stop = true;
            }
            self.change.notify_all();
        }
        self.change.notify_all();
    }

    /// The next item, when its time has come; `None` when there is none any more.
    fn wait(&self) -> Option<(usize, Visit, Option<Fault>)> {
        let mut state = self.lock();
        loop {
            if state.stop {
                return None;
            }
            let now = Instant::now();
            state = match state.queue.give(now) {
                Given::Item((number, visit), fault) => {
                    let is_plain = visit.is_at_twin() && state.plain.contains(visit.host());
                    return Some((number, visit, fault.or(is_plain.then_some(Fault::Silent))));
                }
                Given::Later(at) => {
                    let wait = self.change.wait_timeout(state, at.saturating_duration_since(now));
                    wait.unwrap_or_else(PoisonError::into_inner).0
                }
                Given::Waiting => self.change.wait(state).unwrap_or_else(PoisonError::into_inner),
                Given::Empty => return None,
            };
        }
    }

    /// A panic below costs one address its answer, not the run.
    fn fetch(&self, visit: &Visit) -> Result<Answer, Fault> {
        catch_unwind(AssertUnwindSafe(|| self.transport.fetch(visit.request())))
            .unwrap_or_else(|_| Err(Fault::Connection("an internal error".to_owned())))
    }

    /// Takes what came back: the visit is done, or goes into the queue of the host that it asks next.
    fn settle(&self, number: usize, mut visit: Visit, host: &str, result: Result<Answer, Fault>) -> Option<Finding> {
        let (was_at_twin, failed) = (visit.is_at_twin(), result.is_err());
        let is_silent = result.as_ref().is_err_and(Fault::is_transient);
        let has_no_name = matches!(result, Err(Fault::NoSuchName));
        let step = visit.take(result, self.settings, self.now);
        let now = Instant::now();
        let mut guard = self.lock();
        let State { queue, plain, .. } = &mut *guard;
        match step.hold {
            Some(hold) if hold > self.settings.patience => queue.close(host, Fault::Closed(hold), now),
            Some(hold) => queue.hold(host, now + hold),
            None => {}
        }
        match (was_at_twin, failed) {
            (true, true) => _ = plain.insert(host.to_owned()),
            (_, false) => queue.hear(host, true, now),
            _ if is_silent => queue.hear(host, false, now),
            _ if has_no_name => queue.close(host, Fault::NoSuchName, now),
            _ => {}
        }
        queue.release(host, now);
        match step.next {
            Next::Ask(wait) => {
                let host = visit.host().to_owned();
                queue.push(&host, (number, visit), now + wait);
                None
            }
            Next::Done(finding) => Some(finding),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
