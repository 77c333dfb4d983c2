//! Whole checks over a network that exists only here: which requests are made, what is remembered, what is due.

use std::cell::RefCell;
use std::sync::Mutex;

use super::transport::{Answer, Fault, Method, Request};
use super::*;

/// Answers by a function, and a list of what was asked.
struct Net<F> {
    reply: F,
    asked: Mutex<Vec<String>>,
}

impl<F: Fn(&str) -> Result<Answer, Fault> + Sync> Net<F> {
    fn new(reply: F) -> Self {
        Self { reply, asked: Mutex::default() }
    }

    /// What was asked since the last time, sorted.
    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().expect("no test panics while it holds this"));
        asked.sort();
        asked
    }

    fn check(&self, addresses: &[&str], cache: &mut Cache, now: &str, settings: &Settings) -> Vec<Outcome> {
        let addresses: Vec<String> = addresses.iter().map(|&address| address.to_owned()).collect();
        check_over(self, &addresses, settings, cache, at(now), &|_| {})
    }
}

impl<F: Fn(&str) -> Result<Answer, Fault> + Sync> Transport for Net<F> {
    fn fetch(&self, request: &Request) -> Result<Answer, Fault> {
        let method = if request.method == Method::Head { "HEAD" } else { "GET" };
        self.asked.lock().expect("no test panics while it holds this").push(format!("{method} {}", request.address));
        (self.reply)(request.address.as_str())
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn status(status: u16) -> Result<Answer, Fault> {
    Ok(Answer { status, headers: vec![] })
}

fn with(code: u16, name: &str, value: &str) -> Result<Answer, Fault> {
    Ok(Answer { status: code, headers: vec![(name.to_owned(), value.to_owned())] })
}

/// Settings that never wait.
fn hasty() -> Settings {
    Settings { pause: Duration::ZERO, backoff: Duration::ZERO, ..Settings::default() }
}

fn verdicts(outcomes: &[Outcome]) -> Vec<Verdict> {
    outcomes.iter().map(|outcome| outcome.verdict).collect()
}

const DAY_1: &str = "2024-05-01T10:00:00Z";
const DAY_3: &str = "2024-05-03T10:00:00Z";
const DAY_4: &str = "2024-05-04T10:00:00Z";
const DAY_9: &str = "2024-05-09T10:00:00Z";

#[test]
fn equal_addresses_are_asked_for_once_and_outcomes_keep_their_order() {
    let net = Net::new(|_| status(200));
    let long = format!("https://a.test/{}", "x".repeat(10_000));
    let addresses = [
        "https://B.test/1#one",
        "mailto:a@b.test",
        "http：//a.test/",
        "https://b.test/1#two",
        "https://例子.网站/",
        &long,
        "",
        "https://skip.test/",
    ];
    let settings = Settings { exclude: vec![regex::Regex::new("skip").expect("a pattern")], ..hasty() };
    let outcomes = net.check(&addresses, &mut Cache::in_memory(), DAY_1, &settings);
    use Verdict::{Invalid, NotChecked, Ok};
    assert_eq!(verdicts(&outcomes), [Ok, NotChecked, Invalid, Ok, Ok, Ok, Invalid, NotChecked]);
    assert!(outcomes.iter().zip(addresses).all(|(outcome, address)| outcome.address == address));
    let expected =
        [format!("HEAD {long}"), "HEAD https://b.test/1".into(), "HEAD https://xn--fsqu00a.xn--5tzm5g/".into()];
    assert_eq!(net.asked(), expected);
}

#[test]
fn good_answers_are_used_again_until_they_are_old_and_failures_never() {
    let net = Net::new(|address| if address.ends_with("gone") { status(410) } else { status(200) });
    let mut cache = Cache::in_memory();
    let addresses = ["https://a.test/", "https://a.test/gone"];
    for (day, asked, from_cache) in [
        (DAY_1, &["HEAD https://a.test/", "HEAD https://a.test/gone"][..], false),
        (DAY_3, &["HEAD https://a.test/gone"], true),
        (DAY_9, &["HEAD https://a.test/", "HEAD https://a.test/gone"], false),
        // A clock that was set back makes nothing fresh.
        (DAY_1, &["HEAD https://a.test/", "HEAD https://a.test/gone"], false),
    ] {
        let outcomes = net.check(&addresses, &mut cache, day, &hasty());
        assert_eq!(net.asked(), asked, "{day}");
        assert_eq!(verdicts(&outcomes), [Verdict::Ok, Verdict::Dead]);
        assert_eq!((outcomes[0].from_cache, outcomes[1].from_cache), (from_cache, false), "{day}");
    }
}

#[test]
fn what_the_cache_knows_is_judged_by_the_settings_of_today() {
    let net = Net::new(|_| status(403));
    let mut cache = Cache::in_memory();
    let lenient = Settings { accept: vec!["403".parse().expect("a range")], ..hasty() };
    assert_eq!(verdicts(&net.check(&["https://a.test/"], &mut cache, DAY_1, &lenient)), [Verdict::Ok]);
    assert_eq!(verdicts(&net.check(&["https://a.test/"], &mut cache, DAY_1, &hasty())), [Verdict::Blocked]);
    assert_eq!(net.asked().len(), 3, "once, and then by HEAD and GET");
}

#[test]
fn only_what_is_dead_for_longer_than_the_grace_is_due() {
    let net = Net::new(|_| status(410));
    let mut cache = Cache::in_memory();
    for (day, runs, is_due) in [(DAY_1, 1, false), (DAY_3, 2, false), (DAY_4, 3, true)] {
        let outcome = net.check(&["https://a.test/"], &mut cache, day, &hasty()).remove(0);
        assert_eq!(
            (outcome.first_failed, outcome.failing_runs, outcome.is_due),
            (Some(at(DAY_1)), runs, is_due),
            "{day}"
        );
        assert_eq!((outcome.status, &*outcome.reason), (Some(410), "the answer is 410"));
    }
    // A run in which nobody can tell changes nothing; one good answer does.
    let busy = Net::new(|_| status(500));
    let outcome = busy.check(&["https://a.test/"], &mut cache, DAY_4, &hasty()).remove(0);
    assert_eq!((outcome.verdict, outcome.is_due, outcome.first_failed), (Verdict::Temporary, false, None));
    assert!(net.check(&["https://a.test/"], &mut cache, DAY_4, &hasty())[0].is_due);
    Net::new(|_| status(200)).check(&["https://a.test/"], &mut cache, DAY_4, &hasty());
    let fresh = Settings { max_age: Duration::ZERO, ..hasty() };
    assert!(!net.check(&["https://a.test/"], &mut cache, DAY_9, &fresh)[0].is_due);
    let strict = Settings { grace: Duration::ZERO, ..hasty() };
    assert!(net.check(&["https://b.test/"], &mut Cache::in_memory(), DAY_1, &strict)[0].is_due);
}

#[test]
fn moves_and_upgrades_say_what_to_write_instead() {
    let net = Net::new(|address| match address {
        "http://a.test/x" => with(301, "location", "https://a.test/x"),
        "https://b.test/x" => with(302, "location", "/y"),
        _ => status(200),
    });
    let addresses = ["http://a.test/x#part", "https://b.test/x", "http://c.test/"];
    let mut cache = Cache::in_memory();
    for _ in 0..2 {
        let outcomes = net.check(&addresses, &mut cache, DAY_1, &hasty());
        use Verdict::{InsecureUpgrade, MovedPermanently, Redirected};
        assert_eq!(verdicts(&outcomes), [MovedPermanently, Redirected, InsecureUpgrade]);
        let instead: Vec<_> = outcomes.iter().map(|outcome| outcome.instead.as_deref()).collect();
        assert_eq!(instead, [Some("https://a.test/x"), None, Some("https://c.test/")]);
        assert_eq!(outcomes[1].chain, [Hop { status: 302, to: "https://b.test/y".to_owned() }]);
    }
}

#[test]
fn a_host_that_wants_to_be_left_alone_for_long_is() {
    let net = Net::new(|_| with(429, "retry-after", "3600"));
    let settings = Settings { concurrency: 1, ..hasty() };
    let addresses = ["https://a.test/1", "https://a.test/2", "https://a.test/3"];
    let outcomes = net.check(&addresses, &mut Cache::in_memory(), DAY_1, &settings);
    assert_eq!(verdicts(&outcomes), [Verdict::Blocked; 3]);
    assert_eq!(net.asked().len(), 1);
    assert_eq!(outcomes[1].reason, "not asked: the host wants no requests for 3600 s");
}

#[test]
fn a_host_that_does_not_answer_is_not_asked_for_ever() {
    let net = Net::new(|_| Err(Fault::Timeout(Duration::from_secs(20))));
    let settings = Settings { concurrency: 1, per_host: 1, retries: 1, ..hasty() };
    let addresses: Vec<_> = (0..50).map(|number| format!("https://a.test/{number}")).collect();
    let addresses: Vec<_> = addresses.iter().map(String::as_str).collect();
    let outcomes = net.check(&addresses, &mut Cache::in_memory(), DAY_1, &settings);
    assert_eq!(verdicts(&outcomes), [Verdict::Temporary; 50]);
    assert_eq!(net.asked().len(), 6);
    assert_eq!(outcomes[0].reason, "no answer within 20 s");
    assert_eq!(outcomes[49].reason, "not asked: the host did not answer other requests");
}

#[test]
fn a_host_without_https_is_tried_there_once() {
    let net = Net::new(|address| match address.starts_with("https") {
        true => Err(Fault::Connection("refused".to_owned())),
        false => status(200),
    });
    let settings = Settings { concurrency: 1, ..hasty() };
    let addresses = ["http://a.test/1", "http://a.test/2", "http://a.test/3", "http://a.test/4"];
    let outcomes = net.check(&addresses, &mut Cache::in_memory(), DAY_1, &settings);
    assert_eq!(verdicts(&outcomes), [Verdict::Ok; 4]);
    assert_eq!(net.asked().iter().filter(|asked| asked.contains("https:")).count(), 1);
}

#[test]
fn no_network_is_not_the_death_of_every_link() {
    let down = Net::new(|_| Err(Fault::NoSuchName));
    let gone = ["https://a.test/", "https://b.test/", "https://c.test/"];
    let mut cache = Cache::in_memory();
    assert_eq!(verdicts(&down.check(&gone, &mut cache, DAY_1, &hasty())), [Verdict::Temporary; 3]);
    assert_eq!(verdicts(&down.check(&gone[..2], &mut Cache::in_memory(), DAY_1, &hasty())), [Verdict::Dead; 2]);

    // Where all other links are known to be good, one of them is asked.
    let up = Net::new(|address| if address.contains("good") { status(200) } else { Err(Fault::NoSuchName) });
    let all = ["https://a.test/", "https://b.test/", "https://c.test/", "https://good.test/"];
    assert_eq!(verdicts(&up.check(&all, &mut cache, DAY_1, &hasty()))[..3], [Verdict::Dead; 3]);
    up.asked();
    let outcomes = up.check(&all, &mut cache, DAY_4, &hasty());
    assert_eq!(verdicts(&outcomes), [Verdict::Dead, Verdict::Dead, Verdict::Dead, Verdict::Ok]);
    assert!(outcomes[0].is_due && outcomes[3].from_cache);
    assert!(up.asked().contains(&"HEAD https://good.test/".to_owned()));
    assert_eq!(verdicts(&down.check(&all, &mut cache, DAY_4, &hasty()))[..3], [Verdict::Temporary; 3]);
}

#[test]
fn a_panic_costs_one_address() {
    let net = Net::new(|address| if address.contains("bad") { panic!("on purpose") } else { status(200) });
    let outcomes = net.check(&["https://bad.test/", "https://a.test/"], &mut Cache::in_memory(), DAY_1, &hasty());
    assert_eq!(verdicts(&outcomes), [Verdict::Temporary, Verdict::Ok]);
}

#[test]
fn progress_counts_to_the_end_and_names_hosts() {
    let net = Net::new(|_| status(200));
    let addresses: Vec<String> = (0..9).map(|number| format!("https://{number}.test/")).collect();
    let (seen, hosts) = (RefCell::new(vec![]), RefCell::new(vec![]));
    let tell = |progress: &Progress<'_>| {
        assert_eq!(progress.total, 9);
        seen.borrow_mut().push(progress.done);
        hosts.borrow_mut().extend(progress.hosts.iter().map(|&host| host.to_owned()));
    };
    check_over(&net, &addresses, &hasty(), &mut Cache::in_memory(), at(DAY_1), &tell);
    assert!(seen.borrow().is_sorted());
    assert_eq!(seen.borrow().last(), Some(&9));
    assert!((0..9).all(|number| hosts.borrow().contains(&format!("{number}.test"))));
}

#[test]
fn whoever_stops_a_check_keeps_what_it_found() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let net = Net::new(|_| status(200));
    let addresses = ["https://a.test/", "https://b.test/"].map(str::to_owned);
    let stop = |progress: &Progress<'_>| assert!(progress.done == 0, "on purpose");
    let settings = Settings { concurrency: 1, ..hasty() };
    let stopped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut cache = Cache::open(folder.path());
        check_over(&net, &addresses, &settings, &mut cache, at(DAY_1), &stop);
    }));
    assert!(stopped.is_err());
    let cache = Cache::open(folder.path());
    assert!(cache.get("https://a.test/").is_some());
}
