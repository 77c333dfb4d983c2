//! A server on the loopback interface that does what it is told, well or badly, and remembers who asked what, and when.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request as the server saw it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// `HEAD /path`.
    pub(crate) line: String,
    /// All headers, as they came.
    pub(crate) headers: String,
    /// When it was there.
    pub(crate) at: Instant,
}

/// What to do with a request.
pub(crate) enum Reply {
    /// Send these bytes, and close.
    Send(Vec<u8>),
    /// Say nothing.
    Hang,
    /// Cut the connection.
    Cut,
    /// Send a body without end.
    Flood,
    /// Wait, then send.
    Late(Duration, Vec<u8>),
}

/// A status with headers and no body.
pub(crate) fn status(code: u16, headers: &str) -> Reply {
    Reply::Send(format!("HTTP/1.1 {code} X\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n").into_bytes())
}

type Decide = dyn Fn(&Seen, usize) -> Reply + Send + Sync;

#[derive(Default)]
struct Log {
    seen: Vec<Seen>,
    active: usize,
    most: usize,
    flooded: u64,
    open: Vec<TcpStream>,
}

/// A running server. It ends with the tests.
pub(crate) struct Server {
    port: u16,
    log: Arc<Mutex<Log>>,
    certificate: Option<Vec<u8>>,
}

impl Server {
    /// A server that decides by the request, and by how many of the same line there were before.
    pub(crate) fn start(decide: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::run(decide, None, None)
    }

    /// The same with TLS, and a certificate of its own for 127.0.0.1.
    pub(crate) fn start_tls(decide: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate can be made");
        let certificate = made.cert.der().clone();
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring knows them")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key.into())
            .expect("the key belongs to the certificate");
        Self::run(decide, Some(Arc::new(config)), Some(certificate.to_vec()))
    }

    fn run(
        decide: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static,
        tls: Option<Arc<ServerConfig>>,
        certificate: Option<Vec<u8>>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback interface is there");
        let port = listener.local_addr().expect("it is bound").port();
        let log = Arc::new(Mutex::new(Log::default()));
        let (decide, shared): (Arc<Decide>, _) = (Arc::new(decide), Arc::clone(&log));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (decide, log, tls) = (Arc::clone(&decide), Arc::clone(&shared), tls.clone());
                thread::spawn(move || serve(stream, tls, &*decide, &log));
            }
        });
        Self { port, log, certificate }
    }

    /// Its address, with this path.
    pub(crate) fn url(&self, path: &str) -> String {
        let scheme = if self.certificate.is_some() { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}{path}", self.port)
    }

    /// Its port.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Its certificate.
    pub(crate) fn certificate(&self) -> Vec<u8> {
        self.certificate.clone().expect("it was started with TLS")
    }

    /// All requests, in order of arrival.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.lock().seen.clone()
    }

    /// The first lines of all requests.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line).collect()
    }

    /// Most requests that waited for an answer at the same time.
    pub(crate) fn most_at_once(&self) -> usize {
        self.lock().most
    }

    /// How many bytes of endless bodies were taken.
    pub(crate) fn flooded(&self) -> u64 {
        self.lock().flooded
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn serve(tcp: TcpStream, tls: Option<Arc<ServerConfig>>, decide: &Decide, log: &Mutex<Log>) {
    let Some(config) = tls else {
        // To cut a connection with bytes unread is to reset it.
        let mut head = vec![0; 64 * 1024];
        let length = loop {
            match tcp.peek(&mut head) {
                Ok(0) | Err(_) => return,
                Ok(length) if head[..length].windows(4).any(|end| end == b"\r\n\r\n") => break length,
                Ok(_) => thread::sleep(Duration::from_millis(1)),
            }
        };
        let reply = note(&head[..length], decide, log);
        let hold = tcp.try_clone().expect("a socket can be had twice");
        if !matches!(reply, Reply::Cut) {
            let _ = (&tcp).read_exact(&mut head[..length]);
        }
        return answer(tcp, hold, reply, log);
    };
    let Ok(connection) = ServerConnection::new(config) else { return };
    let hold = tcp.try_clone().expect("a socket can be had twice");
    let mut stream = StreamOwned::new(connection, tcp);
    let mut head = vec![];
    let mut chunk = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return,
            Ok(length) => head.extend_from_slice(&chunk[..length]),
        }
    }
    let reply = note(&head, decide, log);
    answer(stream, hold, reply, log);
}

fn note(head: &[u8], decide: &Decide, log: &Mutex<Log>) -> Reply {
    let text = String::from_utf8_lossy(head);
    let (line, headers) = text.split_once("\r\n").unwrap_or((&text, ""));
    let line = line.trim_end_matches(" HTTP/1.1").to_owned();
    let seen = Seen { line, headers: headers.to_owned(), at: Instant::now() };
    let before = {
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        let before = log.seen.iter().filter(|other| other.line == seen.line).count();
        log.seen.push(seen.clone());
        log.active += 1;
        log.most = log.most.max(log.active);
        before
    };
    decide(&seen, before)
}

fn answer(mut stream: impl Write, hold: TcpStream, reply: Reply, log: &Mutex<Log>) {
    if let Reply::Late(wait, _) = &reply {
        thread::sleep(*wait);
    }
    // Before the answer is out, and with it the next request may come in.
    log.lock().unwrap_or_else(PoisonError::into_inner).active -= 1;
    match reply {
        Reply::Send(bytes) | Reply::Late(_, bytes) => _ = stream.write_all(&bytes).and_then(|()| stream.flush()),
        Reply::Cut => {}
        Reply::Hang => log.lock().unwrap_or_else(PoisonError::into_inner).open.push(hold),
        Reply::Flood => {
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n";
            let mut result = stream.write_all(head);
            while result.is_ok() {
                result = stream.write_all(&[b'x'; 16 * 1024]);
                log.lock().unwrap_or_else(PoisonError::into_inner).flooded += 16 * 1024;
            }
        }
    }
}
