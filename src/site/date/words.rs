//! Dates that do not begin with a year: months by name, day before month, numbers that only their generator can read, and the
//! words that stand for a date.

use super::super::Dates;
use super::clock::{Clock, Cursor};
use super::{Date, DateError, real_day, why};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Words that Eleventy takes for a date, and the parts of ISO 8601 that Luxon reads without a day.
pub(super) fn is_eleventy(value: &str) -> bool {
    let words = ["last modified", "created", "git last modified", "git created"];
    let bytes = value.as_bytes();
    let digits =
        |range: std::ops::Range<usize>| bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let iso = match bytes.len() {
        4 => digits(0..4),
        7 => digits(0..4) && (bytes[4] == b'-' && digits(5..7) || digits(4..7) || bytes[4] == b'W' && digits(5..7)),
        8 => digits(0..4) && bytes[4] == b'-' && (digits(5..8) || bytes[5] == b'W' && digits(6..8)),
        10 => digits(0..4) && bytes[4] == b'-' && bytes[5] == b'W' && digits(6..8) && bytes[8] == b'-' && digits(9..10),
        _ => false,
    };
    iso || words.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// Reads a date that does not begin with year, month and day in numbers.
pub(super) fn read(value: &str, dates: Dates) -> Result<Date, DateError> {
    if matches!(dates, Dates::Rfc3339 | Dates::Yaml | Dates::Eleventy) {
        return Err(why("days are written `YYYY-MM-DD`"));
    }
    if let Some(clock) = time_of_day(value) {
        clock.check(dates)?;
    }
    if let Some(month) = month_named(value) {
        return named_month(value, month);
    }
    if let Some((first, second, year)) = slashed(value) {
        return day_and_month(first, second, year, dates);
    }
    let has_digit = value.chars().any(|c| c.is_numeric());
    let is_relative =
        ["today", "now", "last-modified", "yesterday", "tomorrow"].iter().any(|w| value.eq_ignore_ascii_case(w));
    if has_digit || dates == Dates::Any && is_relative {
        return Ok(Date::UNKNOWN);
    }
    Err(why("there is no date in it"))
}

/// `Fri, 10 Jul 2020 15:04:05 +0800`, `July 10, 2020`: the number of four digits is the year, the one of two the day.
fn named_month(value: &str, month: u8) -> Result<Date, DateError> {
    let (mut day, mut year) = (None, None);
    for word in value.split([' ', ',', '-', '/', '.']).filter(|word| !word.is_empty()) {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let is_ordinal = matches!(&word[digits..], "" | "st" | "nd" | "rd" | "th");
        match word[..digits].parse::<u16>() {
            Ok(number) if is_ordinal && digits <= 2 && day.is_none() => day = Some(number as u8),
            Ok(number) if digits == 4 && word.len() == 4 && year.is_none() && !is_offset(value, word) => {
                year = Some(number)
            }
            _ => {}
        }
    }
    match (year, day) {
        (Some(year), Some(day)) => real_day(year, month, day).map(Date::day),
        _ => Ok(Date::UNKNOWN),
    }
}

/// Whether a word of four digits is the number of an offset: `+0800`.
fn is_offset(value: &str, word: &str) -> bool {
    let start = word.as_ptr() as usize - value.as_ptr() as usize;
    value[..start].ends_with('+') || value[..start].ends_with(" -")
}

/// The first month that is named.
fn month_named(value: &str) -> Option<u8> {
    let mut words = value.split(|c: char| !c.is_ascii_alphabetic());
    words.find_map(|word| {
        let start = word.get(..3)?;
        let at = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(start))?;
        u8::try_from(at + 1).ok()
    })
}

/// The first time of day in the text.
fn time_of_day(value: &str) -> Option<Clock> {
    value.split([' ', 'T']).find_map(|word| Cursor(word).clock(false))
}

/// `1/2/2020` and the like, at the start.
fn slashed(value: &str) -> Option<(u16, u16, u16)> {
    let mut at = Cursor(value);
    let (first, _) = at.number(1, 2)?;
    let separator = at.0.chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
    at.0 = at.0.strip_prefix(separator)?;
    let (second, _) = at.number(1, 2)?;
    at.0 = at.0.strip_prefix(separator)?;
    let (year, _) = at.number(4, 4)?;
    Some((first, second, year))
}

/// Day and month in either order. Go reads neither, Ruby the day first, JavaScript the month first; which of two possible days
/// was meant is not known.
fn day_and_month(first: u16, second: u16, year: u16, dates: Dates) -> Result<Date, DateError> {
    if dates == Dates::Go {
        return Err(why("days are written `YYYY-MM-DD`"));
    }
    let day = |month: u16, day: u16| real_day(year, month as u8, day as u8);
    match (day(first, second), day(second, first)) {
        (Ok(one), Ok(other)) => Ok(Date { civil: (one == other).then_some(one), instant: None }),
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => Ok(Date::day(one)),
        (Err(month_first), Err(day_first)) => Err(if dates == Dates::JavaScript { month_first } else { day_first }),
    }
}
