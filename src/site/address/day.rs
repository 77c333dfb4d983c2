//! Days in addresses: which one a site shows for a date, and which it may show where the time zone of the build is not known.

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::spanned::{Node, Style, Value};

/// The easternmost and westernmost offsets that people live by (Kiribati, Baker Island), in hours.
pub(super) const EAST: i8 = 14;
pub(super) const WEST: i8 = -12;

/// The time zone of a site.
#[derive(Clone, Debug, Default)]
pub(super) enum Zone {
    /// One that its configuration names.
    Known(TimeZone),
    /// That of the machine that builds it.
    #[default]
    Unknown,
}

impl Zone {
    /// The zone that a C library takes for a value of `TZ`: a name, a rule (`CST-8`), and UTC for anything else.
    pub(super) fn of_environment(name: &str) -> Self {
        let rule = || TimeZone::posix(name).ok();
        Zone::Known(named(name).or_else(rule).unwrap_or(TimeZone::UTC))
    }

    /// The zone of this name; not known if there is none.
    pub(super) fn of_name(name: &str) -> Self {
        named(name).map_or(Zone::Unknown, Zone::Known)
    }
}

fn named(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

/// A date as an address shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    /// The day that was written.
    pub(super) written: Date,
    /// The likeliest.
    pub(super) likely: DateTime,
    /// The first and the last that it may be.
    pub(super) earliest: DateTime,
    pub(super) latest: DateTime,
    /// The moment before which no build takes it for past.
    pub(super) soonest: Timestamp,
}

impl Shown {
    /// A local time: the same wherever the site is built.
    pub(super) fn wall(wall: DateTime, zone: &Zone) -> Option<Self> {
        let soonest = match zone {
            Zone::Known(zone) => zone.to_timestamp(wall).ok()?,
            Zone::Unknown => Offset::constant(EAST).to_timestamp(wall).ok()?,
        };
        Some(Shown { written: wall.date(), likely: wall, earliest: wall, latest: wall, soonest })
    }

    /// A moment that was written as `wall`. Where no zone is known, the author's is the likeliest.
    pub(super) fn moment(instant: Timestamp, wall: DateTime, zone: &Zone) -> Self {
        let (likely, earliest, latest) = match zone {
            Zone::Known(zone) => {
                let shown = zone.to_datetime(instant);
                (shown, shown, shown)
            }
            Zone::Unknown => {
                (wall, Offset::constant(WEST).to_datetime(instant), Offset::constant(EAST).to_datetime(instant))
            }
        };
        Shown { written: wall.date(), likely, earliest, latest, soonest: instant }
    }

    /// A day whose time or offset cannot be read: it may be the one before or after.
    pub(super) fn about(day: Date) -> Option<Self> {
        let wall = day.to_datetime(jiff::civil::Time::midnight());
        let (earliest, latest) = (wall.checked_sub(1.day()).ok()?, wall.checked_add(1.day()).ok()?);
        let soonest = Offset::constant(EAST).to_timestamp(earliest).ok()?;
        Some(Shown { written: day, likely: wall, earliest, latest, soonest })
    }

    /// The same where clocks may be this much behind and ahead.
    pub(super) fn spread(self, behind: SignedDuration, ahead: SignedDuration) -> Option<Self> {
        let earliest = self.earliest.checked_sub(behind).ok()?;
        let latest = self.latest.checked_add(ahead).ok()?;
        Some(Shown { earliest, latest, ..self })
    }

    /// The days that it may be instead of the likeliest.
    pub(super) fn others(&self) -> impl Iterator<Item = Date> {
        let (first, last, likely) = (self.earliest.date(), self.latest.date(), self.likely.date());
        first.series(1.day()).take_while(move |day| *day <= last).filter(move |day| *day != likely)
    }

    /// The day written and the day shown, where they surely differ.
    pub(super) fn shift(&self) -> Option<(Date, Date)> {
        let range = self.earliest.date()..=self.latest.date();
        (!range.contains(&self.written)).then(|| (self.written, self.likely.date()))
    }
}

/// What a template asks of a date, and whether it asked.
#[derive(Debug)]
pub(super) struct Clock {
    at: Option<DateTime>,
    has_time: bool,
    /// Whether anything was asked.
    pub(super) is_asked: bool,
}

impl Clock {
    /// A part of the date by its `strftime` format; `None` where it is not known.
    pub(super) fn part(&mut self, format: &str) -> Option<String> {
        self.is_asked = true;
        let is_time = matches!(format, "%H" | "%M" | "%S");
        let at = self.at.filter(|_| self.has_time || !is_time)?;
        Some(at.strftime(format).to_string())
    }
}

/// What a template with a date in it comes to.
#[derive(Debug, Default)]
pub(super) struct Filled {
    /// With the likeliest day.
    pub(super) address: Option<String>,
    /// With the other days that are possible, each once.
    pub(super) perhaps: Vec<String>,
    /// Whether the template asked for a date.
    pub(super) is_dated: bool,
}

/// Fills in a template with each day that is possible.
pub(super) fn over_days(shown: Option<&Shown>, mut fill: impl FnMut(&mut Clock) -> Option<String>) -> Filled {
    let has_time = shown.is_some_and(|shown| shown.earliest == shown.latest);
    let mut clock = Clock { at: shown.map(|shown| shown.likely), has_time, is_asked: false };
    let address = fill(&mut clock);
    let mut filled = Filled { address, perhaps: vec![], is_dated: clock.is_asked };
    if filled.is_dated {
        for day in shown.into_iter().flat_map(Shown::others) {
            let at = Some(day.to_datetime(jiff::civil::Time::midnight()));
            let other = fill(&mut Clock { at, has_time, is_asked: false });
            filled.perhaps.extend(other.filter(|other| filled.address.as_ref() != Some(other)));
        }
        filled.perhaps.dedup();
    }
    filled
}

/// The text of a date in front matter, and whether its quotes keep YAML from reading it.
pub(super) fn written(node: &Node) -> Option<(String, bool)> {
    match &node.value {
        Value::String(scalar) => Some((scalar.text.trim().to_owned(), scalar.style == Style::Plain)),
        Value::Int(number) => Some((number.to_string(), false)),
        Value::Date(text) => Some((text.clone(), true)),
        _ => None,
    }
}

/// What follows the seconds of a YAML 1.1 timestamp (`2020-1-2 15:04:05.9 +08:00`: the offset); `None` if it is none. Both
/// Psych and js-yaml want seconds, and read a time without an offset as UTC.
pub(super) fn after_yaml_timestamp(text: &str) -> Option<&str> {
    let rest = digits(text, 4..=4)?.strip_prefix('-')?;
    let rest = digits(digits(rest, 1..=2)?.strip_prefix('-')?, 1..=2)?;
    let blank = rest.trim_start_matches([' ', '\t']);
    let rest = if blank.len() < rest.len() { blank } else { rest.strip_prefix(['T', 't'])? };
    let rest = digits(digits(rest, 1..=2)?.strip_prefix(':')?, 2..=2)?.strip_prefix(':')?;
    let rest = digits(rest, 2..=2)?;
    let rest = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    Some(rest.trim_start_matches([' ', '\t']))
}

/// What follows so many digits.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<&str> {
    let found = text.bytes().take_while(u8::is_ascii_digit).count();
    count.contains(&found).then(|| &text[found..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime {
        text.parse().expect("a time")
    }

    /// The likeliest day and the others.
    fn days(shown: Shown) -> String {
        let others: Vec<String> = shown.others().map(|day| day.to_string()).collect();
        format!("{} {}", shown.likely.date(), others.join(" ")).trim_end().to_owned()
    }

    #[test]
    fn days_follow_the_zone() {
        let instant: Timestamp = "2022-06-01T17:05:33Z".parse().expect("a moment");
        let wall = at("2022-06-02T01:05:33");
        for (zone, expected) in [
            (Zone::Unknown, "2022-06-02 2022-06-01"),
            (Zone::of_environment("Asia/Shanghai"), "2022-06-02"),
            (Zone::of_environment("CST-8"), "2022-06-02"),
            (Zone::of_environment("America/New_York"), "2022-06-01"),
            // There is no such zone, and C libraries take UTC instead.
            (Zone::of_environment("Asia/Beijing"), "2022-06-01"),
            (Zone::of_name("Asia/Beijing"), "2022-06-02 2022-06-01"),
        ] {
            assert_eq!(days(Shown::moment(instant, wall, &zone)), expected, "{zone:?}");
        }
        let noon: Timestamp = "2022-06-02T12:00:00Z".parse().expect("a moment");
        assert_eq!(days(Shown::moment(noon, at("2022-06-02T12:00:00"), &Zone::Unknown)), "2022-06-02 2022-06-03");
    }

    #[test]
    fn yaml_timestamps() {
        for (text, expected) in [
            ("2020-01-02 15:04:05", Some("")),
            ("2020-1-2T5:04:05.999 +0800", Some("+0800")),
            ("2020-01-02 15:04:05Z", Some("Z")),
            ("2020-01-02 15:04", None),
            ("2020-01-02", None),
            ("2020/01/02 15:04:05", None),
        ] {
            assert_eq!(after_yaml_timestamp(text), expected, "{text}");
        }
    }
}
