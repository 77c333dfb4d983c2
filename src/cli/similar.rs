//! `copydesk similar FILE`: the posts of the site that are most like one text, before it is written or imported.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum, ValueHint, value_parser};

use super::progress::{POSTS, Progress};
use super::site::{Site, SiteArgs};
use super::stop::{self, Stop};
use super::{Screen, Status, output, pipeline};
use crate::corpus::{Class, PassageRule};
use crate::emit::similar::{self, Neighbours};
use crate::site::Role;
use crate::source::{MAX_BYTES, Source};

/// What is told as a common passage: as much as the passages that are reported of whole sites.
const PASSAGE: PassageRule = PassageRule { words: 50, characters: 120 };

/// Arguments of `similar`.
#[derive(Clone, Debug, Args)]
pub struct SimilarArgs {
    /// Post to compare with the site, which need not belong to it; `-` reads it from standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,

    /// Most posts to show
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = value_parser!(u16).range(1..))]
    limit: u16,

    /// How to show them
    #[arg(short, long, value_name = "FORMAT", default_value = "pretty")]
    format: Format,

    #[command(flatten)]
    site: SiteArgs,

    /// Number of threads [default: one for each core]
    #[arg(short, long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A list for people
    Pretty,
    /// One JSON object
    Json,
}

/// Looks for posts like it.
pub(super) fn run(args: &SimilarArgs, screen: &Screen) -> anyhow::Result<Status> {
    let (site, source) = asked(args)?;
    let path = source.path.clone();
    let progress = Progress::new(screen, true, POSTS);
    let tell = |done, total| progress.tell(done, total);
    // Whatever it is, it is compared as a post: a page without front matter would be none.
    let desk = pipeline::compare(&site, Some((Role::Post, source)), args.jobs.map(usize::from), &tell);
    progress.finish();
    let desk = desk?;
    for failure in desk.failures() {
        stop::note(screen, &format!("not compared: {}: {}", failure.path, failure.error));
    }
    let (text, status) = desk.with_corpus(|corpus| -> anyhow::Result<_> {
        let Some(post) = corpus.index(&path) else {
            return Err(Stop::new(format!("{path} could not be read as a post")).into());
        };
        let found = corpus.similar(post, usize::from(args.limit), PASSAGE);
        let neighbours = Neighbours { path: &path, corpus, found: &found };
        let mut text = vec![];
        match args.format {
            Format::Pretty => similar::pretty(&neighbours, &desk, pipeline::options(screen, screen.color), &mut text)?,
            Format::Json => similar::json(&neighbours, &desk, &mut text)?,
        }
        let is_copy = |class: Class| matches!(class, Class::Identical | Class::Near | Class::Contained);
        let copies = found.iter().filter_map(|one| one.relation).any(|relation| is_copy(relation.class));
        Ok((text, if copies { Status::Found } else { Status::Clean }))
    })?;
    output::print(&text)?;
    Ok(status)
}

/// The site, and the post that is asked about: one of its own under its path there, any other under the name it was given.
fn asked(args: &SimilarArgs) -> anyhow::Result<(Site, Source)> {
    if args.file.as_os_str() == "-" {
        let site = args.site.site(&[], args.site.request())?;
        return Ok((site, Source::from_bytes("-", &read(&mut std::io::stdin().lock(), Path::new("-"))?)));
    }
    let file = std::fs::File::open(&args.file).with_context(|| format!("cannot read {}", args.file.display()));
    let metadata = std::fs::metadata(&args.file).with_context(|| format!("cannot read {}", args.file.display()))?;
    if !metadata.is_file() {
        return Err(Stop::new(format!("not a file: {}", args.file.display())).into());
    }
    let bytes = read(&mut file?, &args.file)?;
    // The site is the one around the current folder: the post may come from anywhere.
    let site = args.site.site(&[], args.site.request())?;
    let path = site.inside(&args.file).unwrap_or_else(|_| args.file.display().to_string());
    Ok((site, Source::from_bytes(&path, &bytes)))
}

fn read(from: &mut dyn Read, path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = vec![];
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    if bytes.len() as u64 > MAX_BYTES {
        let message = format!("{} holds more than {} MB", path.display(), MAX_BYTES / 1024 / 1024);
        return Err(Stop::new(message).help("a post is a text that a person reads").into());
    }
    Ok(bytes)
}
