//! Dates of posts as Hexo shows them in addresses. What it shows depends on the clock of the machine that builds the site even
//! where the site has a `timezone`: `adjustDateForTimezone` makes a moment that is right in that zone, and `format` shows it
//! in the machine's. Both agree where the machine is in the site's zone.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::settings::Settings;
use crate::site::address::day::{self, EAST, Shown, WEST, Zone};
use crate::site::{Dates, date};
use crate::spanned::{Node, Value};

/// A date as it is read.
enum Read {
    /// The clock of the machine shows this, wherever it is.
    Wall(DateTime),
    /// A moment.
    Moment(Timestamp),
}

/// The date of a post with this front matter and this day in its name; `None` if it has none, and Hexo takes the age of the
/// file.
///
/// # Errors
/// When it cannot be read here.
pub(super) fn shown(settings: &Settings, front: &Node, named: Option<Date>) -> Result<Option<Shown>, ()> {
    let named = named.map(|day| day.to_datetime(Time::midnight()));
    let node = front.get("date").filter(|node| scalar_is_set(node));
    let Some(node) = node else {
        return named.map(|wall| known(settings, Read::Wall(wall), wall).ok_or(())).transpose();
    };
    // A number is a moment in milliseconds to `new Date()`.
    let (text, is_plain) = day::written(node).filter(|_| !matches!(node.value, Value::Int(_))).ok_or(())?;
    let Ok(parsed) = date::parse(&text, Dates::JavaScript) else {
        // An invalid date is no date.
        return named.map(|wall| known(settings, Read::Wall(wall), wall).ok_or(())).transpose();
    };
    let (wall, instant) = (date::wall(&text), parsed.instant);
    let Some(wall) = wall else {
        let about = parsed.civil.and_then(Shown::about);
        return about.map(Some).ok_or(());
    };
    let read = match day::after_yaml_timestamp(&text).filter(|_| is_plain) {
        // js-yaml reads it as UTC, and hexo-front-matter takes what it shows in UTC for local time.
        Some(offset) if is_yaml_offset(offset) => Read::Wall(instant.map_or(wall, |at| Offset::UTC.to_datetime(at))),
        _ => match instant {
            Some(instant) => Read::Moment(instant),
            // A day in quotes goes to `new Date()`, for which it begins in UTC.
            None if !is_plain && is_iso_day(&text) => Read::Moment(Offset::UTC.to_timestamp(wall).map_err(|_| ())?),
            None => Read::Wall(wall),
        },
    };
    known(settings, read, wall).ok_or(()).map(Some)
}

/// What is known of a date that was written as `written`.
fn known(settings: &Settings, read: Read, written: DateTime) -> Option<Shown> {
    let hours = |hours: i8| SignedDuration::from_hours(i64::from(hours));
    let shown = match (read, &settings.zone) {
        (Read::Wall(wall), None) => Shown::wall(wall, &Zone::Unknown)?,
        (Read::Moment(instant), None) => Shown::moment(instant, written, &Zone::Unknown),
        // The machine at offset L shows what is right in the site's zone at T moved by L - T.
        (Read::Wall(wall), Some(zone)) => {
            let shown = Shown::wall(wall, zone)?;
            let (west, east) = offsets(zone, shown.soonest);
            shown.spread(east - hours(WEST), hours(EAST) - west)?
        }
        // And a moment is moved once more when it is read.
        (Read::Moment(instant), Some(zone)) => {
            let (west, east) = offsets(zone, instant);
            let shown = Shown::moment(instant, written, zone);
            let soonest = instant.checked_sub(east - hours(WEST)).ok()?;
            match zone {
                Zone::Known(_) => {
                    Shown { soonest, ..shown }.spread((east - hours(WEST)) * 2, (hours(EAST) - west) * 2)?
                }
                Zone::Unknown => shown,
            }
        }
    };
    Some(Shown { written: written.date(), ..shown })
}

/// The least and the greatest offset that the zone may have at a moment.
fn offsets(zone: &Zone, at: Timestamp) -> (SignedDuration, SignedDuration) {
    let hours = |hours: i8| SignedDuration::from_hours(i64::from(hours));
    match zone {
        Zone::Known(zone) => {
            let offset = SignedDuration::from_secs(i64::from(zone.to_offset(at).seconds()));
            (offset, offset)
        }
        Zone::Unknown => (hours(WEST), hours(EAST)),
    }
}

fn scalar_is_set(node: &Node) -> bool {
    day::written(node).is_some_and(|(text, _)| !text.is_empty())
}

/// `Z`, `+8`, `+08:00`: the offsets of js-yaml, which takes a time with any other for text.
fn is_yaml_offset(text: &str) -> bool {
    let is_number =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.strip_prefix(['+', '-']) {
        None => matches!(text, "" | "Z"),
        Some(rest) => match rest.split_once(':') {
            Some((hours, minutes)) => is_number(hours, 2) && minutes.len() == 2 && is_number(minutes, 2),
            None => is_number(rest, 2),
        },
    }
}

/// `YYYY-MM-DD` and no more.
fn is_iso_day(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}
