//! Dates in front matter as the generators' own parsers take them. A date is refused only where the generator surely refuses
//! it, or where no calendar has it; the rest is accepted, if need be without knowing which day it means.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::Offset;

use super::Dates;
use clock::Numeric;

mod clock;
mod words;

/// What a value says about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// The day as written; `None` for what only the generator can work out (`Last Modified`, `{{ .Date }}`, `1/2/2020`).
    pub civil: Option<civil::Date>,
    /// The exact moment, where the value has a time and an offset from UTC.
    pub instant: Option<Timestamp>,
}

/// Why a value is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// In plain words, to stand in brackets: `there is no 30 February`.
    pub why: String,
}

impl Date {
    const UNKNOWN: Date = Date { civil: None, instant: None };

    /// The date of a day alone.
    const fn day(civil: civil::Date) -> Self {
        Date { civil: Some(civil), instant: None }
    }
}

/// Reads the text of a value as a generator with these habits would.
///
/// # Errors
/// When the generator would refuse it, or no such day or time exists.
pub fn parse(value: &str, dates: Dates) -> Result<Date, DateError> {
    let value = value.trim();
    if value.is_empty() {
        return Err(why("it is empty"));
    }
    let by_template = ["{{", "{%", "<%"].iter().any(|open| value.contains(open));
    if by_template || dates == Dates::Eleventy && words::is_eleventy(value) {
        return Ok(Date::UNKNOWN);
    }
    if clock::is_offset(value) {
        return Err(why("no date, only an offset"));
    }
    let Some(numeric) = Numeric::read(value) else { return words::read(value, dates) };
    let day = numeric.day()?;
    numeric.check_clock(dates)?;
    match dates {
        Dates::Ruby | Dates::JavaScript | Dates::Any => {}
        Dates::Go => check_go(&numeric)?,
        Dates::Rfc3339 => check_rfc3339(&numeric)?,
        Dates::Yaml => check_yaml(&numeric)?,
        Dates::Eleventy => check_yaml(&numeric).or_else(|_| check_iso(&numeric))?,
    }
    Ok(Date { civil: Some(day), instant: numeric.instant(day) })
}

/// Day and time as a value shows them, whatever offset follows; midnight where it has no time. `None` where more stands there
/// than is read, so that the time may be another.
pub fn wall(value: &str) -> Option<civil::DateTime> {
    let numeric = Numeric::read(value.trim())?;
    numeric.wall(numeric.day().ok()?)
}

/// The layouts of `cast.StringToDateInDefaultLocation`. Digits may be single: `2020-1-2` is a YAML date.
fn check_go(date: &Numeric<'_>) -> Result<(), DateError> {
    dashes(date)?;
    seconds(date)
}

/// RFC 3339, the same without an offset, or a day alone.
fn check_rfc3339(date: &Numeric<'_>) -> Result<(), DateError> {
    dashes(date)?;
    two_digits(date)?;
    seconds(date)?;
    if date.offset.is_some_and(|offset| !offset.is_utc && !offset.has_colon) {
        return Err(why("the offset is written `+08:00`"));
    }
    nothing_after(date)
}

/// The timestamps of YAML 1.1, which libraries turn into dates.
fn check_yaml(date: &Numeric<'_>) -> Result<(), DateError> {
    dashes(date)?;
    if date.clock.is_none() {
        two_digits(date)?;
    }
    seconds(date)?;
    if date.offset.is_some_and(|offset| !offset.is_utc && !offset.has_colon && offset.digits > 2) {
        return Err(why("the offset is written `+08:00`"));
    }
    nothing_after(date)
}

/// ISO 8601 as Luxon reads it.
fn check_iso(date: &Numeric<'_>) -> Result<(), DateError> {
    if !matches!(date.separator, Some('-') | None) {
        return dashes(date);
    }
    two_digits(date)?;
    if date.clock.is_some() && !date.has_t {
        return Err(why("a `T` must stand between day and time"));
    }
    nothing_after(date)
}

fn dashes(date: &Numeric<'_>) -> Result<(), DateError> {
    if date.separator == Some('-') { Ok(()) } else { Err(why("days are written `YYYY-MM-DD`")) }
}

fn two_digits(date: &Numeric<'_>) -> Result<(), DateError> {
    if date.two_digits { Ok(()) } else { Err(why("month and day have two digits each: `YYYY-MM-DD`")) }
}

fn seconds(date: &Numeric<'_>) -> Result<(), DateError> {
    match date.clock {
        Some(clock) if clock.second.is_none() => Err(why("the time has no seconds")),
        _ => Ok(()),
    }
}

fn nothing_after(date: &Numeric<'_>) -> Result<(), DateError> {
    if date.rest.is_empty() { Ok(()) } else { Err(why(format!("`{}` is not part of a date", date.rest))) }
}

/// The day with these numbers, or why there is none.
fn real_day(year: u16, month: u8, day: u8) -> Result<civil::Date, DateError> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let Some(name) = usize::from(month).checked_sub(1).and_then(|at| MONTHS.get(at)) else {
        return Err(why(format!("there is no month {month}")));
    };
    let narrow = |number: u8| i8::try_from(number).unwrap_or(i8::MAX);
    let year = i16::try_from(year).unwrap_or(i16::MAX);
    civil::Date::new(year, narrow(month), narrow(day)).map_err(|_| match (month, day) {
        (2, 29) => why(format!("there is no 29 February in {year}")),
        _ => why(format!("there is no {day} {name}")),
    })
}

fn instant(day: civil::Date, clock: clock::Clock, offset: i32) -> Option<Timestamp> {
    // 24:00 is the next day's midnight; a leap second is as good as the second before.
    let (day, hour) = if clock.hour == 24 { (day.tomorrow().ok()?, 0) } else { (day, clock.hour) };
    let second = clock.second.unwrap_or(0).min(59);
    let time = civil::Time::new(hour as i8, clock.minute as i8, second as i8, 0).ok()?;
    Offset::from_seconds(offset).ok()?.to_timestamp(day.to_datetime(time)).ok()
}

fn why(reason: impl Into<String>) -> DateError {
    DateError { why: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The day each value means; `?` where it is accepted without knowing.
    fn accepted(dates: Dates, table: &[(&str, &str)]) {
        for (value, day) in table {
            let date = parse(value, dates).unwrap_or_else(|error| panic!("{dates:?} `{value}`: {}", error.why));
            assert_eq!(date.civil.map_or("?".to_owned(), |day| day.to_string()), *day, "{dates:?} `{value}`");
        }
    }

    /// Why each value is refused.
    fn refused(dates: Dates, table: &[(&str, &str)]) {
        for (value, why) in table {
            match parse(value, dates) {
                Ok(date) => panic!("{dates:?} `{value}` was taken for {date:?}"),
                Err(error) => assert_eq!(error.why, *why, "{dates:?} `{value}`"),
            }
        }
    }

    const EVERY: [Dates; 7] =
        [Dates::Ruby, Dates::JavaScript, Dates::Rfc3339, Dates::Go, Dates::Eleventy, Dates::Yaml, Dates::Any];

    #[test]
    fn all_take_a_day_and_a_full_time() {
        for dates in EVERY {
            accepted(dates, &[("2020-01-02", "2020-01-02"), (" 2020-02-29 ", "2020-02-29")]);
            accepted(dates, &[("2020-01-02T15:04:05Z", "2020-01-02"), ("2020-01-02T15:04:05+08:00", "2020-01-02")]);
            accepted(dates, &[("2020-01-02T15:04:05.999-08:00", "2020-01-02"), ("2020-01-02 15:04:05", "2020-01-02")]);
            accepted(dates, &[("{{ .Date }}", "?"), ("<% tp.date.now() %>", "?")]);
        }
    }

    #[test]
    fn none_takes_what_no_calendar_has() {
        for dates in EVERY {
            refused(
                dates,
                &[("2023-02-30", "there is no 30 February"), ("2023-04-31 10:00:00", "there is no 31 April")],
            );
            refused(
                dates,
                &[("2023-02-29", "there is no 29 February in 2023"), ("2023-01-00", "there is no 0 January")],
            );
            refused(dates, &[("2023-13-01", "there is no month 13"), ("0000-00-00", "there is no month 0")]);
            refused(dates, &[("2023-01-02 25:00:00", "there is no hour 25")]);
            refused(dates, &[("2023-01-02 10:61:00", "there is no minute 61")]);
            refused(dates, &[("2023-01-02 10:00:77", "there is no second 77")]);
            refused(dates, &[("2023-01-02T10:00:00+30:00", "there is no offset of 30:00 hours")]);
            refused(dates, &[("+0800", "no date, only an offset"), (" -05:00 ", "no date, only an offset")]);
            refused(dates, &[("", "it is empty")]);
        }
    }

    #[test]
    fn ruby_is_lenient() {
        let table = [
            ("2020-1-2", "2020-01-02"),
            ("2020/01/02 15:04", "2020-01-02"),
            ("2020.01.02", "2020-01-02"),
            ("20200102", "2020-01-02"),
            ("20200102T150405", "2020-01-02"),
            ("2020-01-02 15:04:05 +0800", "2020-01-02"),
            ("2020-01-02 15:04:05 CST", "2020-01-02"),
            ("2020-01-02 3:04 PM", "2020-01-02"),
            ("2020-01-02 24:00:00", "2020-01-02"),
            ("Fri, 10 Jul 2020 15:04:05 +0800", "2020-07-10"),
            ("July 4th, 2020", "2020-07-04"),
            ("02-Jan-2020", "2020-01-02"),
            ("Mon Jan 02 15:04:05 -0700 2006", "2006-01-02"),
            ("31/12/2020", "2020-12-31"),
            ("12/31/2020", "2020-12-31"),
            ("1/2/2020", "?"),
            ("2/2/2020", "2020-02-02"),
            ("2020-01", "?"),
            ("10:00", "?"),
            ("1609459200", "?"),
        ];
        accepted(Dates::Ruby, &table);
        let table = [
            ("2023-01-29 18:30:22 2023 -0800", "`2023` stands where the offset should"),
            ("31 June 2020", "there is no 31 June"),
            ("Fri, 10 Jul 2020 26:04:05 +0800", "there is no hour 26"),
            ("32/13/2020", "there is no month 13"),
            ("soon", "there is no date in it"),
        ];
        refused(Dates::Ruby, &table);
    }

    #[test]
    fn javascript_is_lenient() {
        accepted(
            Dates::JavaScript,
            &[("2020/1/2 15:04:05", "2020-01-02"), ("Jan 2, 2020", "2020-01-02"), ("2020", "?")],
        );
        refused(Dates::JavaScript, &[("tomorrow", "there is no date in it"), ("32/13/2020", "there is no month 32")]);
    }

    #[test]
    fn go_knows_layouts() {
        let table = [
            ("2020-01-02 15:04:05 -0700", "2020-01-02"),
            ("2020-01-02 15:04:05 +0800 CST", "2020-01-02"),
            ("02 Jan 2006", "2006-01-02"),
            ("2020-1-2", "2020-01-02"),
        ];
        accepted(Dates::Go, &table);
        let table = [
            ("2020/01/02", "days are written `YYYY-MM-DD`"),
            ("01/02/2020", "days are written `YYYY-MM-DD`"),
            ("2020-01-02 15:04", "the time has no seconds"),
            ("2020-01-02 24:00:00", "there is no hour 24"),
        ];
        refused(Dates::Go, &table);
    }

    #[test]
    fn zola_wants_rfc3339() {
        let table = [
            ("2020-1-2", "month and day have two digits each: `YYYY-MM-DD`"),
            ("2020-01-02 15:04:05 +0800", "the offset is written `+08:00`"),
            ("2020-01-02T15:04", "the time has no seconds"),
            ("2020-01-02 (Thursday)", "`(Thursday)` is not part of a date"),
            ("Jan 2, 2020", "days are written `YYYY-MM-DD`"),
            ("20200102", "days are written `YYYY-MM-DD`"),
        ];
        refused(Dates::Rfc3339, &table);
    }

    #[test]
    fn eleventy_wants_iso_or_its_words() {
        let table = [
            ("Last Modified", "?"),
            ("git created", "?"),
            ("2020-01", "?"),
            ("2020-W05-3", "?"),
            ("2020-01-02T15:04", "2020-01-02"),
            ("2020-01-02T15:04:05+0800", "2020-01-02"),
            ("2020-1-2 15:04:05", "2020-01-02"),
            ("20200102", "2020-01-02"),
        ];
        accepted(Dates::Eleventy, &table);
        let table = [
            ("2020-01-02 15:04", "a `T` must stand between day and time"),
            ("2020-01-02 15:04:05 +0800", "a `T` must stand between day and time"),
            ("2020/01/02", "days are written `YYYY-MM-DD`"),
            ("January 2020", "days are written `YYYY-MM-DD`"),
        ];
        refused(Dates::Eleventy, &table);
    }

    #[test]
    fn mkdocs_wants_a_yaml_date() {
        accepted(Dates::Yaml, &[("2020-01-02 15:04:05 +8", "2020-01-02"), ("2020-1-2 15:04:05", "2020-01-02")]);
        let table = [
            ("2020-1-2", "month and day have two digits each: `YYYY-MM-DD`"),
            ("2020-01-02 15:04:05 +0800", "the offset is written `+08:00`"),
            ("2020-01-02 15:04", "the time has no seconds"),
        ];
        refused(Dates::Yaml, &table);
    }

    #[test]
    fn people_write_chinese_dates_and_words() {
        accepted(Dates::Any, &[("2020年1月2日", "2020-01-02"), ("2020年1月2日 15：04", "2020-01-02"), ("today", "?")]);
        refused(Dates::Any, &[("2020年2月30日", "there is no 30 February"), ("没有", "there is no date in it")]);
    }

    #[test]
    fn the_moment_is_known_with_time_and_offset() {
        let moment = |value| parse(value, Dates::Ruby).expect("a date").instant.map(|at| at.to_string());
        assert_eq!(moment("2022-06-02 01:05:33 +0800").as_deref(), Some("2022-06-01T17:05:33Z"));
        assert_eq!(moment("2022-06-02T01:05Z").as_deref(), Some("2022-06-02T01:05:00Z"));
        assert_eq!(moment("2022-06-02 11:05:00 PM -0130").as_deref(), Some("2022-06-03T00:35:00Z"));
        assert_eq!(moment("2022-12-31 24:00:00 UTC").as_deref(), Some("2023-01-01T00:00:00Z"));
        assert_eq!(moment("2022-06-02 01:05:33"), None);
        assert_eq!(moment("2022-06-02"), None);
    }

    #[test]
    fn any_text_is_survived() {
        let odd = [
            "9999-99-99T99:99:99+99:99",
            "２０２０-01-02",
            "2020-01-02T",
            "-",
            "年",
            "2020-",
            "1/1/9999",
            "+8",
            "jan",
            "é",
        ];
        for value in odd.iter().flat_map(|value| [(*value).to_owned(), value.repeat(5000)]) {
            for dates in EVERY {
                let _ = parse(&value, dates).map(|date| date.civil.map(|day| assert!(day.year() >= 0)));
            }
        }
    }
}
