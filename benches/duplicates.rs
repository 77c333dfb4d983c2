//! How well and how fast copies are found. `cargo bench --bench duplicates` prints the tables of docs/duplicates.md (with
//! `UPDATE=1` it writes them there); `… -- write WHAT POSTS FOLDER` writes a site for `benches/duplicates.sh` to time.

#[path = "../tests/labelled/mod.rs"]
mod labelled;

use std::io::{Error, Write};
use std::path::Path;

use labelled::measured::Measured;
use labelled::table::{END, START, tables};
use labelled::{Language, Length, Markup, Random, Set, Text, Voice};

/// Pairs for each edit, language and length.
const PAIRS: usize = 40;

/// Any number; the set in the tests has another one.
const SEED: u64 = 20_240_506;

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["write", what, posts, folder] => write_site(what, posts, Path::new(folder)),
        _ => print_tables(),
    }
}

fn print_tables() -> Result<(), Error> {
    let set = Set::new(PAIRS, SEED);
    let tables = tables(&set, &Measured::of(&set));
    std::io::stdout().write_all(tables.as_bytes())?;
    if std::env::var_os("UPDATE").is_none() {
        return Ok(());
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/duplicates.md");
    let document = std::fs::read_to_string(&path)?;
    let (before, rest) = document.split_once(START).ok_or_else(|| Error::other("no place for the tables"))?;
    let (_, after) = rest.split_once(END).ok_or_else(|| Error::other("no end of the tables"))?;
    std::fs::write(&path, format!("{before}{START}{tables}{END}{after}"))
}

/// `identical`: posts that are all the same. `footer`: other texts above one long footer. `different`: other texts, no footer.
fn write_site(what: &str, posts: &str, folder: &Path) -> Result<(), Error> {
    let posts: usize = posts.parse().map_err(Error::other)?;
    let mut random = Random::new(SEED);
    let mut text = |length| {
        let voice = Voice::new(Language::English, &mut random);
        Text::new(&voice, length, &mut random)
    };
    let (one, footer) = (text(Length::Medium), text(Length::Long));
    std::fs::create_dir_all(folder)?;
    for number in 0..posts {
        let (text, ending) = match what {
            "identical" => (one.clone(), String::new()),
            "footer" => (text(Length::Medium), footer.markdown(Markup::Plain)),
            "different" => (text(Length::Medium), String::new()),
            _ => return Err(Error::other(format!("`{what}` is none of identical, footer, different"))),
        };
        let front = format!("---\ntitle: \"{}\"\n---\n\n", text.title);
        std::fs::write(folder.join(format!("{number:06}.md")), front + &text.markdown(Markup::Plain) + &ending)?;
    }
    Ok(())
}
