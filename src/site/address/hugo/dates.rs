//! The dates of a page: which keys give them (`[frontmatter]`), and what the page's name does (`:filename`).

use jiff::civil;
use jiff::tz::Offset;
use jiff::{Timestamp, civil::Time};

use super::settings::{front, texts};
use crate::site::{Dates, date};
use crate::spanned::{Node, Value};

/// Where a date may come from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum From {
    /// A key of front matter, in lower case.
    Key(String),
    /// The file's name.
    Name,
    /// Git or the file system.
    Elsewhere,
}

/// Which keys give which date, the first that is there (`pagemeta/page_frontmatter.go`).
#[derive(Clone, Debug)]
pub(super) struct DateKeys {
    date: Vec<From>,
    publish: Vec<From>,
    expiry: Vec<From>,
}

/// A date of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// This one.
    Known(date::Date),
    /// There is none.
    Missing,
    /// The source does not tell.
    Unknown,
}

impl Found {
    /// Whether it is after `now`; a day begins at midnight in UTC.
    pub(super) fn is_after(&self, now: Timestamp) -> Option<bool> {
        let Found::Known(date) = self else { return None };
        let midnight = |day: civil::Date| Offset::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok();
        Some(date.instant.or_else(|| midnight(date.civil?))? > now)
    }
}

/// A name that begins with a date: the date, and the slug that follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    date: civil::Date,
    /// What is left of the name.
    pub(super) slug: String,
}

impl DateKeys {
    /// Those that the configuration names, or the usual ones.
    pub(super) fn read(config: &Node) -> Self {
        let usual = |date: &str| match date {
            "date" => vec!["date", "publishdate", "lastmod"],
            "publishdate" => vec!["publishdate", "date"],
            _ => vec!["expirydate"],
        };
        let of = |date: &str| {
            let set = config.get("frontmatter").and_then(|node| node.get(date)).map(texts);
            let set = set.unwrap_or_else(|| vec![":default".to_owned()]);
            let named = set.iter().map(|key| key.to_lowercase());
            let keys = named.flat_map(|key| match key.as_str() {
                ":default" => usual(date).into_iter().map(str::to_owned).collect(),
                _ => vec![key],
            });
            keys.flat_map(with_other_names).collect()
        };
        DateKeys { date: of("date"), publish: of("publishdate"), expiry: of("expirydate") }
    }

    /// The date of a page.
    pub(super) fn date(&self, page: &Node, name: &str) -> Found {
        first(&self.date, page, name)
    }

    /// The date from which on it is published.
    pub(super) fn publish(&self, page: &Node, name: &str) -> Found {
        self.later(&self.publish, page, name)
    }

    /// The date after which it is not.
    pub(super) fn expiry(&self, page: &Node, name: &str) -> Found {
        self.later(&self.expiry, page, name)
    }

    /// A date that is found after the page's own: to the later ones, that is what `date` says, wherever it came from.
    fn later(&self, keys: &[From], page: &Node, name: &str) -> Found {
        let found = |from: &From| match from {
            From::Key(key) if key == "date" => self.date(page, name),
            _ => one(from, page, name),
        };
        keys.iter().map(found).find(|found| *found != Found::Missing).unwrap_or(Found::Missing)
    }

    /// The slug in the name, where the name gives one of the dates: it is then the page's slug.
    pub(super) fn slug(&self, page: &Node, name: &str) -> Option<String> {
        let gives = |keys: &Vec<From>| {
            let found = keys.iter().find(|from| one(from, page, name) != Found::Missing);
            found == Some(&From::Name)
        };
        let is_given = [&self.date, &self.publish, &self.expiry].into_iter().any(gives);
        is_given.then(|| named(name)).flatten().map(|named| named.slug)
    }
}

fn with_other_names(key: String) -> Vec<From> {
    let others: &[&str] = match key.as_str() {
        ":filename" => return vec![From::Name],
        ":git" | ":filemodtime" => return vec![From::Elsewhere],
        "lastmod" => &["modified"],
        "publishdate" => &["pubdate", "published"],
        "expirydate" => &["unpublishdate"],
        _ => &[],
    };
    std::iter::once(key).chain(others.iter().map(|other| (*other).to_owned())).map(From::Key).collect()
}

fn first(keys: &[From], page: &Node, name: &str) -> Found {
    keys.iter().map(|from| one(from, page, name)).find(|found| *found != Found::Missing).unwrap_or(Found::Missing)
}

fn one(from: &From, page: &Node, name: &str) -> Found {
    match from {
        From::Elsewhere => Found::Unknown,
        From::Name => named(name)
            .map_or(Found::Missing, |named| Found::Known(date::Date { civil: Some(named.date), instant: None })),
        From::Key(key) => match front(page, key).map(|node| &node.value) {
            None | Some(Value::Null) => Found::Missing,
            Some(Value::String(text)) if text.text.is_empty() => Found::Missing,
            Some(Value::String(text)) => parsed(&text.text),
            Some(Value::Date(text)) => parsed(text),
            Some(_) => Found::Unknown,
        },
    }
}

fn parsed(text: &str) -> Found {
    match date::parse(text, Dates::Go) {
        Ok(date) if date.civil.is_some() => Found::Known(date),
        _ => Found::Unknown,
    }
}

/// `dateAndSlugFromBaseFilename`: what stands behind a last dot is taken for an extension once more.
fn named(name: &str) -> Option<Named> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (day, rest) = stem.split_at_checked(10)?;
    let is_day = |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    if !day.bytes().enumerate().all(is_day) {
        return None;
    }
    Some(Named { date: day.parse().ok()?, slug: rest.trim_matches([' ', '-', '_']).to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spanned::yaml;

    /// As Hugo 0.168 reads names with `date = [":filename", ":default"]`.
    #[test]
    fn names() {
        for (name, expected) in [
            ("2024-05-06-a", Some("a")),
            ("2024-05-06_A b", Some("A b")),
            ("2024-05-06", Some("")),
            ("2024-05-06-a.b", Some("a")),
            ("2024-05-06--A_b ", Some("A_b")),
            ("20240506-a", None),
            ("2024-13-06-x", None),
            ("海海海海-a", None),
        ] {
            assert_eq!(named(name).map(|named| named.slug).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn keys_in_their_order() {
        let config = yaml::parse("frontmatter: {date: [':filename', ':default']}").expect("valid");
        let (usual, by_name) = (DateKeys::read(&yaml::parse("{}").expect("valid")), DateKeys::read(&config));
        for (page, name, expected) in [
            ("date: 2024-05-06\nlastmod: 2024-05-07", "a", "2024-05-06"),
            ("lastmod: 2024-05-07\npubdate: 2024-05-08", "a", "2024-05-08"),
            ("Modified: 2024-05-07", "a", "2024-05-07"),
            ("date:\nlastmod: 2024-05-07", "a", "2024-05-07"),
        ] {
            let page = yaml::parse(page).expect("valid");
            for keys in [&usual, &by_name] {
                let Found::Known(date) = keys.date(&page, name) else { panic!("{page:?}") };
                assert_eq!(date.civil.map(|day| day.to_string()).as_deref(), Some(expected));
            }
        }
        let none = yaml::parse("title: x").expect("valid");
        assert_eq!(usual.date(&none, "2024-05-06-a"), Found::Missing);
        assert_eq!(usual.slug(&none, "2024-05-06-a"), None);
        assert_eq!(by_name.slug(&none, "2024-05-06-a").as_deref(), Some("a"));
    }
}
