//! The check of external addresses over real sockets, all of them on the loopback interface: what servers see, and what is
//! made of what they answer. The network is not touched.

#![cfg(feature = "online")]

use std::process::{Command, Output, Stdio};
use std::time::Duration;

use copydesk::online::{Cache, Hop, HostHeader, Outcome, PrivateHosts, Settings, Verdict, check};
use jiff::Timestamp;
use tempfile::TempDir;

#[path = "online/server.rs"]
mod server;

use server::{Reply, Seen, Server, status};

/// Settings for servers of these tests, without waits.
fn hasty() -> Settings {
    Settings {
        private: PrivateHosts::Named(vec!["127.0.0.1".to_owned()]),
        pause: Duration::ZERO,
        backoff: Duration::ZERO,
        ..Settings::default()
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn run(addresses: &[String], settings: &Settings) -> Vec<Outcome> {
    check(addresses, settings, &mut Cache::in_memory(), at("2024-05-01T10:00:00Z"), &|_| {})
}

fn one(address: String, settings: &Settings) -> Outcome {
    run(&[address], settings).remove(0)
}

fn send(text: &str) -> Reply {
    Reply::Send(text.as_bytes().to_vec())
}

/// A server with every habit of the web, by path.
fn habits(seen: &Seen, before: usize) -> Reply {
    let (method, path) = seen.line.split_once(' ').unwrap_or_default();
    match path {
        "/ok" => status(200, ""),
        "/gone" => status(410, ""),
        "/missing" => status(404, ""),
        "/teapot" => status(999, ""),
        "/moved" => status(301, "Location: /temporary\r\n"),
        "/temporary" => status(302, "Location: ok\r\n"),
        "/moved-to-nothing" => status(308, "Location: /missing\r\n"),
        "/circle" => status(302, "Location: /elcric\r\n"),
        "/elcric" => status(302, "Location: /circle\r\n"),
        "/on" | "/on/1" | "/on/2" | "/on/3" | "/on/4" | "/on/5" => {
            let next = path.trim_start_matches("/on/").parse().unwrap_or(0) + 1;
            status(302, &format!("Location: /on/{next}\r\n"))
        }
        "/moved-in-utf-8" => status(301, "Location: /路\r\n"),
        "/%E8%B7%AF" => status(200, ""),
        "/moved-nowhere" => status(301, "Location: http://[\r\n"),
        "/moved-without-saying" => status(301, ""),
        "/get-only" => status(if method == "GET" { 200 } else { 405 }, ""),
        "/flaky" => status(if method == "GET" { 200 } else { 500 }, ""),
        "/broken" => status(503, ""),
        "/cut" => Reply::Cut,
        "/cut-once" if method == "HEAD" => Reply::Cut,
        "/cut-once" => status(200, ""),
        "/garbage" => send("SSH-2.0-OpenSSH_9.6\r\n\r\n"),
        "/body-for-head" => send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"),
        "/no-gzip" if method == "HEAD" => status(403, ""),
        "/no-gzip" => {
            send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello")
        }
        "/short-body" if method == "HEAD" => status(403, ""),
        "/short-body" => send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\nhello"),
        "/huge" if method == "HEAD" => status(405, ""),
        "/huge" => Reply::Flood,
        "/wait" if before == 0 && method == "HEAD" => status(429, "Retry-After: 1\r\n"),
        "/wait" => status(200, ""),
        _ => status(500, ""),
    }
}

#[test]
fn each_habit_of_servers_has_its_verdict_and_its_requests() {
    use Verdict::{Blocked, Dead, MovedPermanently, Ok, Redirected, Temporary};
    let on = ["HEAD /on", "HEAD /on/1", "HEAD /on/2", "HEAD /on/3", "HEAD /on/4", "HEAD /on/5"];
    let cases: [(&str, Verdict, Option<u16>, &[&str]); 22] = [
        ("/ok", Ok, Some(200), &["HEAD /ok"]),
        ("/gone", Dead, Some(410), &["HEAD /gone"]),
        ("/missing", Dead, Some(404), &["HEAD /missing", "GET /missing"]),
        ("/teapot", Blocked, Some(999), &["HEAD /teapot"]),
        ("/moved", MovedPermanently, Some(200), &["HEAD /moved", "HEAD /temporary", "HEAD /ok"]),
        ("/temporary", Redirected, Some(200), &["HEAD /temporary", "HEAD /ok"]),
        ("/moved-to-nothing", Dead, Some(404), &["HEAD /moved-to-nothing", "HEAD /missing", "GET /missing"]),
        ("/circle", Blocked, None, &["HEAD /circle", "HEAD /elcric"]),
        ("/on", Blocked, None, &on),
        ("/moved-in-utf-8", MovedPermanently, Some(200), &["HEAD /moved-in-utf-8", "HEAD /%E8%B7%AF"]),
        ("/moved-nowhere", Blocked, None, &["HEAD /moved-nowhere"]),
        ("/moved-without-saying", Blocked, Some(301), &["HEAD /moved-without-saying"]),
        ("/get-only", Ok, Some(200), &["HEAD /get-only", "GET /get-only"]),
        ("/flaky", Ok, Some(200), &["HEAD /flaky", "GET /flaky"]),
        ("/broken", Temporary, Some(503), &["HEAD /broken", "GET /broken", "GET /broken", "GET /broken"]),
        ("/cut", Temporary, None, &["HEAD /cut", "GET /cut", "GET /cut", "GET /cut"]),
        ("/cut-once", Ok, Some(200), &["HEAD /cut-once", "GET /cut-once"]),
        ("/garbage", Temporary, None, &["HEAD /garbage", "GET /garbage", "GET /garbage", "GET /garbage"]),
        ("/body-for-head", Ok, Some(200), &["HEAD /body-for-head"]),
        ("/no-gzip", Ok, Some(200), &["HEAD /no-gzip", "GET /no-gzip"]),
        ("/short-body", Ok, Some(200), &["HEAD /short-body", "GET /short-body"]),
        ("/ok#part", Ok, Some(200), &["HEAD /ok"]),
    ];
    for (path, verdict, code, lines) in cases {
        let server = Server::start(habits);
        let outcome = one(server.url(path), &hasty());
        assert_eq!((outcome.verdict, outcome.status), (verdict, code), "{path}: {}", outcome.reason);
        assert_eq!(server.lines(), lines, "{path}");
    }
}

#[test]
fn the_chain_is_kept() {
    let server = Server::start(habits);
    let outcome = one(server.url("/moved"), &hasty());
    let hop = |status, path| Hop { status, to: server.url(path) };
    assert_eq!(outcome.chain, [hop(301, "/temporary"), hop(302, "/ok")]);
    assert_eq!(outcome.instead, Some(server.url("/temporary")));
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for() {
    let server = Server::start(|_, _| Reply::Hang);
    let settings = Settings { timeout: Duration::from_millis(300), retries: 1, ..hasty() };
    let outcome = one(server.url("/"), &settings);
    assert_eq!((outcome.verdict, &*outcome.reason), (Verdict::Temporary, "no answer within 0.3 s"));
    assert_eq!(server.lines(), ["HEAD /", "GET /"]);
}

#[test]
fn a_body_without_end_is_not_read() {
    let server = Server::start(habits);
    assert_eq!(one(server.url("/huge"), &hasty()).verdict, Verdict::Ok);
    // What the buffers of two sockets hold is on its way before anybody can say no.
    assert!(server.flooded() < 64 << 20, "{}", server.flooded());
}

#[test]
fn nobody_listens() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").expect("bound").local_addr().expect("bound").port();
    let outcome = one(format!("http://127.0.0.1:{port}/"), &hasty());
    assert_eq!((outcome.verdict, &*outcome.reason), (Verdict::Temporary, "the connection was refused"));
}

#[test]
fn a_wish_to_wait_is_granted() {
    let server = Server::start(habits);
    assert_eq!(one(server.url("/wait"), &hasty()).verdict, Verdict::Ok);
    let seen = server.seen();
    assert_eq!(server.lines(), ["HEAD /wait", "GET /wait"]);
    assert!(seen[1].at - seen[0].at >= Duration::from_secs(1));
}

#[test]
fn a_host_sees_pauses_between_requests() {
    let server = Server::start(|_, _| status(200, ""));
    let addresses: Vec<_> = (0..4).map(|number| server.url(&format!("/{number}"))).collect();
    let pause = Duration::from_millis(300);
    run(&addresses, &Settings { pause, ..hasty() });
    let seen = server.seen();
    assert_eq!(seen.len(), 4);
    // A request that started in time may arrive late, and the next one does not wait for that: hence the half.
    assert!(seen.windows(2).all(|pair| pair[1].at - pair[0].at >= pause / 2), "{seen:?}");
}

#[test]
fn a_host_sees_two_requests_at_once() {
    let server = Server::start(|_, _| Reply::Late(Duration::from_millis(50), b"HTTP/1.1 204 X\r\n\r\n".to_vec()));
    let addresses: Vec<_> = (0..10).map(|number| server.url(&format!("/{number}"))).collect();
    let outcomes = run(&addresses, &hasty());
    assert!(outcomes.iter().all(|outcome| outcome.verdict == Verdict::Ok));
    assert!((1..=2).contains(&server.most_at_once()), "{}", server.most_at_once());
}

#[test]
fn a_private_address_is_refused_whatever_its_name() {
    let server = Server::start(habits);
    let port = server.port();
    let settings = Settings { private: PrivateHosts::None, ..hasty() };
    for host in
        ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
    {
        let outcome = one(format!("http://{host}:{port}/ok"), &settings);
        assert_eq!(outcome.verdict, Verdict::Private, "{host}: {}", outcome.reason);
    }
    assert_eq!(server.lines(), Vec::<String>::new());
    assert_eq!(one(server.url("/ok"), &Settings { private: PrivateHosts::All, ..hasty() }).verdict, Verdict::Ok);
}

#[test]
fn a_redirect_to_a_private_address_is_refused_on_that_hop() {
    let inside = Server::start(habits);
    let port = inside.port();
    let server = Server::start(move |_, _| status(302, &format!("Location: http://localhost:{port}/ok\r\n")));
    let outcome = one(server.url("/"), &hasty());
    assert_eq!(outcome.verdict, Verdict::Private);
    assert!(outcome.reason.contains("inside of a private network"), "{}", outcome.reason);
    assert_eq!(outcome.chain.len(), 1);
    assert_eq!((server.lines().len(), inside.lines().len()), (1, 0));
}

#[test]
fn credentials_stay_with_their_origin() {
    let other = Server::start(|_, _| status(200, ""));
    let target = other.url("/");
    let server = Server::start(move |_, _| status(302, &format!("Location: {target}\r\n")));
    let header = HostHeader::new(&server.url(""), "Authorization", "Bearer s3cret").expect("a header");
    let settings = Settings { headers: vec![header], ..hasty() };
    let with_name = server.url("/").replace("http://", "http://user:pass@");
    assert_eq!(one(with_name, &settings).verdict, Verdict::Redirected);
    let headers = |server: &Server| server.seen().remove(0).headers.to_ascii_lowercase();
    assert!(headers(&server).contains("authorization: bearer s3cret\r\n"), "{}", headers(&server));
    for secret in ["authorization", "s3cret", "cookie", "referer", "user:pass"] {
        assert!(!headers(&other).contains(secret), "{}", headers(&other));
    }
    assert!(headers(&other).contains("user-agent: copydesk/"));
}

#[test]
fn a_certificate_must_be_trusted() {
    let server = Server::start_tls(habits);
    let outcome = one(server.url("/ok"), &hasty());
    assert_eq!(outcome.verdict, Verdict::Temporary);
    assert!(outcome.reason.starts_with("no secure connection: invalid peer certificate"), "{}", outcome.reason);
    assert_eq!(server.lines(), Vec::<String>::new());

    let settings = Settings { authorities: vec![server.certificate()], ..hasty() };
    assert_eq!(one(server.url("/ok"), &settings).verdict, Verdict::Ok);
    assert_eq!(server.lines(), ["HEAD /ok"]);
}

#[test]
fn a_server_without_tls_makes_no_secure_connection() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("bound");
    let port = listener.local_addr().expect("bound").port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = std::io::Write::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n");
            let _ = std::io::Read::read(&mut stream, &mut [0; 4096]);
        }
    });
    let outcome = one(format!("https://127.0.0.1:{port}/"), &hasty());
    assert_eq!(outcome.verdict, Verdict::Temporary);
    assert!(outcome.reason.starts_with("no secure connection"), "{}", outcome.reason);
}

#[test]
fn dead_links_are_due_after_the_grace_over_runs() {
    let server = Server::start(habits);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let address = [server.url("/gone")];
    for (day, is_due) in [("2024-05-01", false), ("2024-05-03", false), ("2024-05-04", true)] {
        let mut cache = Cache::open(folder.path());
        let now = at(&format!("{day}T10:00:00Z"));
        let outcome = check(&address, &hasty(), &mut cache, now, &|_| {}).remove(0);
        assert_eq!((outcome.verdict, outcome.is_due), (Verdict::Dead, is_due), "{day}");
        assert_eq!(outcome.first_failed, Some(at("2024-05-01T10:00:00Z")), "{day}");
    }
}

#[test]
fn runs_at_the_same_time_share_a_cache() {
    let server = Server::start(habits);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let now = at("2024-05-01T10:00:00Z");
    std::thread::scope(|scope| {
        for path in ["/ok", "/get-only"] {
            let (server, folder) = (&server, folder.path());
            scope.spawn(move || {
                let mut cache = Cache::open(folder);
                check(&[server.url(path), server.url("/gone")], &hasty(), &mut cache, now, &|_| {});
                assert_eq!(cache.take_notes(), Vec::<String>::new());
            });
        }
    });
    let before = server.lines().len();
    let mut cache = Cache::open(folder.path());
    let all = ["/ok", "/get-only", "/gone"].map(|path| server.url(path));
    let outcomes = check(&all, &hasty(), &mut cache, now, &|_| {});
    assert_eq!(outcomes.iter().map(|outcome| outcome.from_cache).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(server.lines()[before..], ["HEAD /gone"]);
}

#[test]
fn a_damaged_cache_is_rebuilt_with_a_note() {
    let server = Server::start(habits);
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("links.jsonl");
    std::fs::write(&file, "\u{0}\u{1}not a cache\n").expect("written");
    let now = at("2024-05-01T10:00:00Z");
    let mut cache = Cache::open(folder.path());
    check(&[server.url("/ok")], &hasty(), &mut cache, now, &|_| {});
    let notes = cache.take_notes();
    assert!(notes.len() == 1 && notes[0].contains("no cache of links"), "{notes:?}");
    let mut again = Cache::open(folder.path());
    assert!(check(&[server.url("/ok")], &hasty(), &mut again, now, &|_| {})[0].from_cache);
    assert_eq!(again.take_notes(), Vec::<String>::new());
}

/// Runs the program over a site with one post that links to these paths of a server.
fn program(server: &Server, settings: &str, paths: &[&str]) -> (TempDir, Output) {
    let site = tempfile::tempdir().expect("a folder can be made");
    let links = paths.iter().map(|path| format!("* the page [{path}]({})\n", server.url(path)));
    std::fs::write(site.path().join("post.md"), links.collect::<String>()).expect("written");
    std::fs::write(site.path().join("copydesk.yaml"), settings).expect("written");
    let output = again(&site);
    (site, output)
}

/// The same run once more.
fn again(site: &TempDir) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.args(["check", "--online", "--only", "link-dead,link-moved", "--format", "short"]);
    command.current_dir(site.path()).env_remove("COPYDESK_NOT_SET").stdin(Stdio::null());
    command.output().expect("the program can be started")
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_program_tells_what_is_dead_and_what_has_moved() {
    let server = Server::start(habits);
    let settings = "online: {allow-private: [127.0.0.1], grace: 0s}\n";
    let (site, output) = program(&server, settings, &["/ok", "/gone", "/moved"]);
    let (status, out, error) = said(&output);
    assert_eq!(status, Some(1), "{out}{error}");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}{error}");
    assert!(lines[0].starts_with("post.md:2:") && lines[0].contains("link-dead"), "{out}");
    assert!(lines[1].starts_with("post.md:3:") && lines[1].contains("link-moved"), "{out}");

    let asked = server.lines().len();
    assert_eq!(said(&again(&site)).1, out, "the second run says the same");
    let later = &server.lines()[asked..];
    assert!(!later.iter().any(|line| line.ends_with("/ok")), "what was good is not asked for again: {later:?}");
}

#[test]
fn the_program_gives_the_dead_their_grace() {
    let server = Server::start(habits);
    let (_site, output) = program(&server, "online: {allow-private: [127.0.0.1]}\n", &["/gone"]);
    let (status, out, error) = said(&output);
    assert_eq!((status, out.as_str()), (Some(0), ""), "{error}");
    assert!(error.contains("1 address is dead, but not yet for as long as `online.grace` asks"), "{error}");
}

#[test]
fn the_program_asks_no_private_host_that_is_not_named() {
    let server = Server::start(habits);
    let (_site, output) = program(&server, "online: {grace: 0s}\n", &["/gone"]);
    let (status, out, error) = said(&output);
    assert_eq!((status, out.as_str()), (Some(0), ""), "{error}");
    assert!(error.contains("1 address could not be checked"), "{error}");
    assert_eq!(server.lines(), Vec::<String>::new());
}

#[test]
fn a_header_without_its_variable_stops_the_program() {
    let server = Server::start(habits);
    let settings = "online: {headers: {a.example: {Authorization: 'Bearer $COPYDESK_NOT_SET'}}}\n";
    let (_site, output) = program(&server, settings, &["/ok"]);
    let (status, _, error) = said(&output);
    assert_eq!(status, Some(2));
    assert!(error.contains("the environment variable `COPYDESK_NOT_SET` is not set"), "{error}");
    assert_eq!(server.lines(), Vec::<String>::new());
}

#[test]
fn settings_that_are_wrong_stop_the_program() {
    let server = Server::start(habits);
    for (settings, message, key) in [
        ("online: {accept: [abc]}", "`abc` is no status", "`online.accept` in copydesk.yaml"),
        ("online: {headers: {a.example: {'a b': c}}}", "`a b`", "`online.headers` in copydesk.yaml"),
    ] {
        let (_site, output) = program(&server, settings, &["/ok"]);
        let (status, _, error) = said(&output);
        assert_eq!(status, Some(2), "{settings}");
        assert!(error.contains(message) && error.contains(key), "{error}");
    }
    assert_eq!(server.lines(), Vec::<String>::new());
}
