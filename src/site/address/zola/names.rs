//! Names as Zola makes parts of addresses of them: `components/utils/src/slugs.rs` and the dates that names begin with.

use crate::site::anchor::zola::on;
use crate::spanned::Node;

/// A setting of `slugify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slugify {
    /// ASCII letters and digits between hyphens.
    On,
    /// Without what Windows forbids in names.
    Safe,
    /// As it is.
    Off,
}

impl Slugify {
    /// Reads a setting; `None` for what is none.
    pub(super) fn read(node: &Node) -> Option<Self> {
        match node.as_str()? {
            "on" => Some(Slugify::On),
            "safe" => Some(Slugify::Safe),
            "off" => Some(Slugify::Off),
            _ => None,
        }
    }

    /// `slugify_paths`
    pub(super) fn path(self, text: &str) -> String {
        match self {
            Slugify::On => on(text),
            Slugify::Safe => {
                let is_forbidden = |c: char| r#"<>:"/\|?*"#.contains(c);
                text.trim_end_matches([' ', '.']).chars().filter(|c| !is_forbidden(*c)).collect()
            }
            Slugify::Off => text.to_owned(),
        }
    }
}

/// What follows a date and `-` or `_` at the start of a name (`RFC3339_DATE` of `page.rs`); `None` where there is no such date.
pub(super) fn without_date(name: &str) -> Option<&str> {
    let (day, rest) = name.split_at_checked(10)?;
    let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u8>().ok()).flatten();
    let bytes = day.as_bytes();
    let is_day = day.is_ascii()
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && number(&day[5..7]).is_some_and(|month| (1..=12).contains(&month))
        && number(&day[8..]).is_some_and(|day| (1..=31).contains(&day));
    if !is_day {
        return None;
    }
    let rest = after_time(rest).unwrap_or(rest);
    let rest = rest.strip_prefix(char::is_whitespace).unwrap_or(rest);
    rest.strip_prefix(['-', '_']).filter(|slug| !slug.is_empty())
}

/// What follows `T10:00:00.5+08:00`.
fn after_time(text: &str) -> Option<&str> {
    let two = |text: &'_ str, most: u8| {
        let number: u8 = text.get(..2).filter(|two| two.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
        (number <= most).then_some(())
    };
    let clock = text.strip_prefix('T')?;
    two(clock, 23)?;
    let minute = clock[2..].strip_prefix(':')?;
    two(minute, 59)?;
    let second = minute[2..].strip_prefix(':')?;
    two(second, 60)?;
    let mut rest = &second[2..];
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = Some(fraction.trim_start_matches(|c: char| c.is_ascii_digit()))
            .filter(|rest| rest.len() < fraction.len())?;
    }
    if let Some(rest) = rest.strip_prefix('Z') {
        return Some(rest);
    }
    let hour = rest.strip_prefix(['+', '-'])?;
    two(hour, 23)?;
    let minute = hour[2..].strip_prefix(':')?;
    two(minute, 59)?;
    Some(&minute[2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of Zola's own tests.
    #[test]
    fn paths() {
        for (text, on, safe) in [
            ("test ", "test", "test"),
            ("tes t", "tes-t", "tes t"),
            ("dot. ", "dot", "dot"),
            ("日本", "ri-ben", "日本"),
            ("test (hey)", "test-hey", "test (hey)"),
        ] {
            assert_eq!((&*Slugify::On.path(text), &*Slugify::Safe.path(text)), (on, safe), "{text}");
            assert_eq!(Slugify::Off.path(text), text);
        }
    }

    /// As Zola 0.22 reads them.
    #[test]
    fn dates() {
        for (name, expected) in [
            ("2024-05-06-A_b", Some("A_b")),
            ("2024-05-06_ü", Some("ü")),
            ("2024-05-06T10:00:00Z-x", Some("x")),
            ("2024-05-06T10:00:00.5+08:00_x", Some("x")),
            ("2024-05-06 -y", Some("y")),
            ("2024-02-31-z", Some("z")),
            ("2024-05-06", None),
            ("2024-13-06-x", None),
            ("2024-05-06-", None),
            ("2024-05-06x", None),
            ("2024-05-06T10-x", None),
            ("海海海海-x", None),
        ] {
            assert_eq!(without_date(name), expected, "{name}");
        }
    }
}
