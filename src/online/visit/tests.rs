//! Visits of servers that exist only as lists of answers.

use super::*;

type Reply = Result<Answer, Fault>;

fn status(status: u16) -> Reply {
    Ok(Answer { status, headers: vec![] })
}

fn with(code: u16, name: &str, value: &str) -> Reply {
    Ok(Answer { status: code, headers: vec![(name.to_owned(), value.to_owned())] })
}

fn to(code: u16, location: &str) -> Reply {
    with(code, "location", location)
}

fn cut() -> Reply {
    Err(Fault::Connection("the connection was cut".to_owned()))
}

/// What is asked, with the wait before it in seconds, and what is found. Every reply must be used.
fn visit(start: &str, replies: Vec<Reply>, settings: &Settings) -> (Vec<String>, Finding) {
    let mut visit = Visit::new(Url::parse(start).expect("an address"));
    let mut asked = vec![];
    let mut before = 0;
    let count = replies.len();
    for (at, reply) in replies.into_iter().enumerate() {
        let Request { method, address } = visit.request();
        let method = if *method == Method::Head { "HEAD" } else { "GET" };
        asked.push(format!("{before} {method} {address}"));
        match visit.take(reply, settings, Timestamp::UNIX_EPOCH).next {
            Next::Ask(wait) => before = wait.as_secs(),
            Next::Done(finding) => {
                assert_eq!(at + 1, count, "replies are left: {asked:?}");
                return (asked, finding);
            }
        }
    }
    panic!("not done: {asked:?}");
}

fn end(start: &str, replies: Vec<Reply>) -> End {
    visit(start, replies, &Settings::default()).1.end
}

#[test]
fn head_and_get_where_head_is_not_welcome() {
    let page = "https://a.test/";
    let heads = ["0 HEAD https://a.test/"];
    let both = ["0 HEAD https://a.test/", "0 GET https://a.test/"];
    for (replies, asked, status) in [
        (vec![status(200)], &heads[..], 200),
        (vec![status(410)], &heads, 410),
        (vec![status(401)], &heads, 401),
        (vec![status(999)], &heads, 999),
        (vec![status(403), status(200)], &both, 200),
        (vec![status(404), status(404)], &both, 404),
        (vec![status(405), status(403)], &both, 403),
        (vec![status(501), status(501)], &both, 501),
    ] {
        let found = visit(page, replies, &Settings::default());
        assert_eq!(
            (&*found.0, found.1.end),
            (&asked.iter().map(|&one| one.to_owned()).collect::<Vec<_>>()[..], End::Answered(status))
        );
    }
}

#[test]
fn what_failed_by_chance_is_asked_again_and_waits_double() {
    let (asked, finding) =
        visit("https://a.test/", vec![status(500), cut(), status(503), status(200)], &Settings::default());
    let gets = |waits: &[u64]| waits.iter().map(|wait| format!("{wait} GET https://a.test/")).collect::<Vec<_>>();
    assert_eq!((&*asked[0], &asked[1..]), ("0 HEAD https://a.test/", &gets(&[1, 2, 4])[..]));
    assert_eq!(finding.end, End::Answered(200));

    for fault in [
        Fault::Timeout(Duration::from_secs(20)),
        Fault::LookUp("try again".to_owned()),
        Fault::Connection("it was reset".to_owned()),
    ] {
        assert_eq!(end("https://a.test/", vec![Err(fault.clone()); 4]), End::Failed(fault));
    }
    for code in [408, 425, 429, 500, 502, 522] {
        assert_eq!(end("https://a.test/", vec![status(code); 4]), End::Answered(code));
    }
    for fault in [Fault::NoSuchName, Fault::Tls("expired".to_owned()), Fault::Silent] {
        assert_eq!(end("https://a.test/", vec![Err(fault.clone())]), End::Failed(fault));
    }
    assert_eq!(end("https://a.test/", vec![cut(), Err(Fault::Silent)]), End::Failed(cut().expect_err("a fault")));
    let once = Settings { retries: 0, ..Settings::default() };
    assert_eq!(visit("https://a.test/", vec![status(500)], &once).1.end, End::Answered(500));
}

#[test]
fn a_wish_to_wait_is_granted_within_patience() {
    let wait = |seconds: &str| with(429, "retry-after", seconds);
    let (asked, _) = visit("https://a.test/", vec![wait("7"), status(200)], &Settings::default());
    assert_eq!(asked[1], "7 GET https://a.test/");
    assert_eq!(end("https://a.test/", vec![wait("3600")]), End::Answered(429));

    let mut first = Visit::new(Url::parse("https://a.test/").expect("an address"));
    let hold = |visit: &mut Visit, reply| visit.take(reply, &Settings::default(), Timestamp::UNIX_EPOCH).hold;
    assert_eq!(hold(&mut first, wait("3600")), Some(Duration::from_hours(1)));
    let mut first = Visit::new(Url::parse("https://a.test/").expect("an address"));
    assert_eq!(hold(&mut first, status(429)), Some(Duration::from_secs(1)));
    assert_eq!(hold(&mut first, status(503)), None);
}

#[test]
fn redirects_are_followed_by_hand() {
    let replies = vec![to(301, "https://a.test/x"), to(302, "/y"), status(404), status(200)];
    let (asked, finding) = visit("http://a.test/x", replies, &Settings::default());
    let expected = ["HEAD http://a.test/x", "HEAD https://a.test/x", "HEAD https://a.test/y", "GET https://a.test/y"];
    assert_eq!(asked, expected.map(|one| format!("0 {one}")));
    let hop = |status, to: &str| Hop { status, to: to.to_owned() };
    assert_eq!(finding.chain, [hop(301, "https://a.test/x"), hop(302, "https://a.test/y")]);
    assert_eq!(finding.end, End::Answered(200));

    let step = |at: usize| to(302, &format!("/{at}"));
    assert_eq!(end("https://a.test/", (1..=5).map(step).chain([status(200)]).collect()), End::Answered(200));
    for replies in [
        (1..=6).map(step).collect(),
        vec![to(302, "/b"), to(302, "/")],
        vec![to(302, "/#part")],
        vec![to(301, "itms-apps://x")],
        vec![to(301, "http://")],
    ] {
        let end = end("https://a.test/", replies);
        assert!(matches!(end, End::Astray(_)), "{end:?}");
    }
    assert_eq!(end("https://a.test/", vec![status(301)]), End::Answered(301));
    assert_eq!(end("https://a.test/", vec![to(300, "/x")]), End::Answered(300));
}

#[test]
fn what_is_accepted_is_found() {
    let settings = Settings { accept: vec!["403".parse().expect("a range")], ..Settings::default() };
    assert_eq!(visit("https://a.test/", vec![status(403)], &settings).1.end, End::Answered(403));
}

#[test]
fn a_page_may_have_a_twin_under_https() {
    let find = |replies, upgrade| visit("http://a.test/x", replies, &Settings { upgrade, ..Settings::default() });
    let (asked, finding) = find(vec![status(200), status(200)], true);
    assert_eq!(asked, ["0 HEAD http://a.test/x", "0 HEAD https://a.test/x"]);
    assert!(finding.upgrade);
    let (asked, finding) = find(vec![status(200), status(403), status(200)], true);
    assert_eq!(asked[2], "0 GET https://a.test/x");
    assert!(finding.upgrade);
    for last in [to(301, "http://a.test/x"), status(500), cut(), Err(Fault::Tls("another name".to_owned()))] {
        let (_, finding) = find(vec![status(200), last], true);
        assert_eq!(finding, Finding { chain: vec![], end: End::Answered(200), upgrade: false });
    }
    assert!(!find(vec![status(200)], false).1.upgrade);
    assert_eq!(find(vec![status(404), status(404)], true).1.end, End::Answered(404));
}
