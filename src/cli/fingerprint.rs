//! `copydesk fingerprint`: a filter that reads texts, one JSON object a line, and writes a record about each, in the same order.
//! Made to run inside the jobs of a cluster: it reads no configuration, keeps nothing between lines, and never loses one.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context;
use clap::{Args, ValueEnum, value_parser};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::Status;
use crate::fingerprint::{Sketch, VERSION, Words};
use crate::post::Post;
use crate::site::plain::PLAIN;
use crate::site::{Role, Site};
use crate::source::{MAX_BYTES, Source};

mod record;

use record::Record;

/// How much is read at once, in bytes.
const READ: usize = 1024 * 1024;

/// How many lines are answered at once, at most.
const BATCH: usize = 1024;

/// Arguments of `fingerprint`.
#[derive(Clone, Debug, Args)]
#[command(
    long_about = LONG_ABOUT,
)]
pub struct FingerprintArgs {
    /// Member that names the text: a string or an integer
    #[arg(long, value_name = "NAME", default_value = "id")]
    id_field: String,

    /// Member that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_field: String,

    /// How records are read and written
    #[arg(long, value_name = "FORMAT", default_value = "ndjson")]
    format: Format,

    /// What the texts are written in
    #[arg(long, value_name = "MARKUP", default_value = "markdown")]
    markup: Markup,

    /// Number of threads
    #[arg(short, long, value_name = "N", default_value = "1", value_parser = value_parser!(u16).range(1..=1024))]
    jobs: u16,
}

const LONG_ABOUT: &str = "\
Give each text of a stream its fingerprint, for joining texts elsewhere.

Reads one JSON object a line from standard input, such as {\"id\": 1, \"text\": \"…\"}, and writes one a line to standard \
output, in the same order, with the members id, algo, exact, fp, n_tokens, n_shingles, bands, minima and error. \
docs/fingerprint.md defines them. A line that cannot be read is answered, too: its record says why in `error`. No \
configuration is read.

Exit status: 0 if all lines were answered without an error, 1 if a record has an error, 2 if the job could not be done.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object on each line
    Ndjson,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Markup {
    /// Posts: front matter, tags, code and what is hidden do not count
    Markdown,
    /// Text as it stands
    Plain,
}

/// Answers every line of standard input.
pub(super) fn run(args: &FingerprintArgs) -> anyhow::Result<Status> {
    let Format::Ndjson = args.format;
    let mut input = BufReader::with_capacity(READ, io::stdin().lock());
    let mut out = io::stdout().lock();
    let threads =
        rayon::ThreadPoolBuilder::new().num_threads(args.jobs.into()).build().context("cannot start threads")?;
    let site = Site::of(&PLAIN);
    let mut status = Status::Clean;
    loop {
        let lines = batch(&mut input).context("cannot read standard input")?;
        if lines.is_empty() {
            return Ok(status);
        }
        let answers: Vec<(Vec<u8>, bool)> = if args.jobs == 1 {
            lines.iter().map(|line| answer(line, args, &site)).collect()
        } else {
            threads.install(|| lines.par_iter().map(|line| answer(line, args, &site)).collect())
        };
        for (record, is_good) in &answers {
            out.write_all(record).context("cannot write to standard output")?;
            status = if *is_good { status } else { Status::Found };
        }
        out.flush().context("cannot write to standard output")?;
    }
}

/// A line that was read, without its end; `None` if it is too long to be read.
type Line = Option<Vec<u8>>;

/// The next line and those after it that are there already, so that no writer waits for the answer to a line.
fn batch(input: &mut BufReader<impl Read>) -> io::Result<Vec<Line>> {
    let mut lines = vec![];
    lines.extend(line(input)?);
    while !lines.is_empty() && lines.len() < BATCH && input.buffer().contains(&b'\n') {
        lines.extend(line(input)?);
    }
    Ok(lines)
}

/// The next line, if there is one.
fn line(input: &mut BufReader<impl Read>) -> io::Result<Option<Line>> {
    let mut line = vec![];
    if input.by_ref().take(MAX_BYTES).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() as u64 == MAX_BYTES {
        input.skip_until(b'\n')?;
        return Ok(Some(None));
    }
    Ok(Some(Some(line)))
}

/// The record about a line, and whether it has no error.
fn answer(line: &Line, args: &FingerprintArgs, site: &Site) -> (Vec<u8>, bool) {
    let record = match line {
        Some(line) => Record::read(line, &args.id_field, &args.text_field),
        None => Record { id: Value::Null, text: Err(format!("the line is longer than {MAX_BYTES} bytes")) },
    };
    let Record { id, text } = record;
    let members = text.and_then(|text| {
        let fingerprint = || fingerprint(&id, &text, args.markup, site);
        // A panic is a mistake in this program; it must not take the other lines with it.
        catch_unwind(AssertUnwindSafe(fingerprint)).map_err(|_| "internal error".to_owned())
    });
    let is_good = members.is_ok();
    let members = members.unwrap_or_else(|error| {
        json!({ "id": id, "algo": VERSION, "exact": null, "fp": null, "n_tokens": null, "n_shingles": null,
                "bands": null, "minima": null, "error": error })
    });
    (format!("{members}\n").into_bytes(), is_good)
}

/// The record about a text.
fn fingerprint(id: &Value, text: &str, markup: Markup, site: &Site) -> Value {
    let words = match markup {
        Markup::Plain => Words::of_plain(text),
        Markup::Markdown => {
            let post = Post::parse(Source::from_text("text.md", text), site, Role::Post);
            post.prose.words()
        }
    };
    let sketch = Sketch::of(&words, &|_| true);
    let exact = blake3::hash(words.text.as_bytes()).to_hex();
    // Texts without words would all be alike; they have nothing to be joined by.
    let (bands, minima) = if sketch.shingles == 0 {
        (vec![], &[][..])
    } else {
        (sketch.minima.bands().map(u64::cast_signed).to_vec(), &sketch.minima.0[..])
    };
    json!({
        "id": id,
        "algo": VERSION,
        "exact": &exact[..32],
        "fp": sketch.simhash.cast_signed(),
        "n_tokens": words.tokens.len(),
        "n_shingles": sketch.shingles,
        "bands": bands,
        "minima": minima,
        "error": null,
    })
}
