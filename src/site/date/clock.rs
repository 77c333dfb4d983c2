//! Dates that begin with numbers, `2020-01-02 15:04:05 +0800` and its kin, taken apart without judging them by any one
//! generator's habits.

use jiff::Timestamp;
use jiff::civil;

use super::super::Dates;
use super::{DateError, instant, real_day, why};

/// A date that begins with year, month and day in numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numeric<'a> {
    year: u16,
    month: u8,
    day: u8,
    /// What stands between year and month; nothing in `20200102`.
    pub(super) separator: Option<char>,
    /// Whether month and day have two digits each.
    pub(super) two_digits: bool,
    /// Whether a `T`, not a blank, stands before the time.
    pub(super) has_t: bool,
    /// The time of day.
    pub(super) clock: Option<Clock>,
    /// The offset from UTC.
    pub(super) offset: Option<Zone>,
    /// What is left.
    pub(super) rest: &'a str,
}

/// A time of day; not checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) hour: u8,
    pub(super) minute: u8,
    pub(super) second: Option<u8>,
}

/// An offset from UTC, and how it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zone {
    seconds: i32,
    /// `Z`, `UTC` or `GMT`.
    pub(super) is_utc: bool,
    /// `+08:00`, not `+0800`.
    pub(super) has_colon: bool,
    /// How many digits there are.
    pub(super) digits: usize,
}

impl<'a> Numeric<'a> {
    /// Takes a date apart; `None` if the text does not begin with one of this kind.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let mut at = Cursor(text);
        let (mut numeric, days) = at.separated_day().or_else(|| Cursor(text).compact_day())?;
        let mut at = Cursor(days);
        let gap = at.0;
        numeric.has_t = at.eat(['T', 't']);
        at.skip([' ', '\t', ',']);
        match at.clock(numeric.separator.is_none() && numeric.has_t) {
            Some(clock) => {
                numeric.clock = Some(clock);
                at.skip([' ', '\t']);
                numeric.take_half_of_day(&mut at);
                numeric.offset = at.zone();
                numeric.rest = at.0.trim();
            }
            None => {
                numeric.has_t = false;
                numeric.rest = gap.trim();
            }
        }
        Some(numeric)
    }

    /// The day, if there is one of these numbers.
    pub(super) fn day(&self) -> Result<civil::Date, DateError> {
        real_day(self.year, self.month, self.day)
    }

    /// Whether the time exists, and nothing follows it that no parser reads.
    pub(super) fn check_clock(&self, dates: Dates) -> Result<(), DateError> {
        let Some(clock) = self.clock else { return Ok(()) };
        clock.check(dates)?;
        if let Some(zone) = self.offset {
            zone.check()?;
        }
        // `18:30:22 2023 -0800`: letters may name a zone, a second year or time names nothing.
        let next = self.rest.split_whitespace().next().unwrap_or_default();
        if !next.is_empty() && next.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(why(format!("`{next}` stands where the offset should")));
        }
        Ok(())
    }

    /// The exact moment, where time and offset are known and nothing is left that may change them.
    pub(super) fn instant(&self, day: civil::Date) -> Option<Timestamp> {
        instant(day, self.clock?, self.offset?.seconds)
    }

    /// Day and time as they stand, whatever the offset; midnight without a time. `None` where something else is left.
    pub(super) fn wall(&self, day: civil::Date) -> Option<civil::DateTime> {
        let clock = self.clock.unwrap_or(Clock { hour: 0, minute: 0, second: None });
        let day = if clock.hour == 24 { day.tomorrow().ok()? } else { day };
        let second = clock.second.unwrap_or(0).min(59);
        let time = civil::Time::new(clock.hour as i8 % 24, clock.minute as i8, second as i8, 0).ok()?;
        self.rest.is_empty().then(|| day.to_datetime(time))
    }

    /// `AM` or `PM` after the time.
    fn take_half_of_day(&mut self, at: &mut Cursor<'_>) {
        let half = at.0.get(..2).unwrap_or_default();
        let is_word = at.0.as_bytes().get(2).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let (morning, evening) = (half.eq_ignore_ascii_case("am"), half.eq_ignore_ascii_case("pm"));
        if let (true, Some(clock)) = (is_word && (morning || evening), &mut self.clock) {
            clock.hour = match (evening, clock.hour) {
                (true, 1..=11) => clock.hour + 12,
                (false, 12) => 0,
                (_, hour) => hour,
            };
            at.0 = &at.0[2..];
            at.skip([' ', '\t']);
        }
    }
}

impl Clock {
    /// Whether there is such a time. 24:00 is midnight to Ruby and JavaScript; 60 may be a leap second.
    pub(super) fn check(self, dates: Dates) -> Result<(), DateError> {
        let second = self.second.unwrap_or(0);
        let takes_24 = !matches!(dates, Dates::Go | Dates::Rfc3339);
        let last = if takes_24 && self.minute == 0 && second == 0 { 24 } else { 23 };
        if self.hour > last {
            return Err(why(format!("there is no hour {}", self.hour)));
        }
        if self.minute > 59 {
            return Err(why(format!("there is no minute {}", self.minute)));
        }
        if second > 60 {
            return Err(why(format!("there is no second {second}")));
        }
        Ok(())
    }
}

impl Zone {
    fn check(self) -> Result<(), DateError> {
        let (hours, minutes) = (self.seconds.abs() / 3600, self.seconds.abs() % 3600 / 60);
        if hours > 23 { Err(why(format!("there is no offset of {hours}:{minutes:02} hours"))) } else { Ok(()) }
    }
}

/// Whether the text is an offset and nothing else.
pub(super) fn is_offset(text: &str) -> bool {
    let mut at = Cursor(text);
    text.starts_with(['+', '-']) && at.zone().is_some_and(|zone| zone.digits > 2) && at.0.is_empty()
}

/// The rest of a text that is read from the left.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a str);

impl<'a> Cursor<'a> {
    /// `2020-1-2`, `2020/01/02`, `2020.1.2`, `2020年1月2日`, with what follows.
    fn separated_day(&mut self) -> Option<(Numeric<'a>, &'a str)> {
        let (year, _) = self.number(4, 4)?;
        let separator = self.0.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '年'))?;
        self.eat([separator, separator]);
        self.skip([' ']);
        let (month, month_digits) = self.number(1, 2)?;
        let second = if separator == '年' { '月' } else { separator };
        if !self.eat([second, second]) {
            return None;
        }
        self.skip([' ']);
        let (day, day_digits) = self.number(1, 2)?;
        if self.0.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.eat(['日', '号']);
        let two_digits = month_digits == 2 && day_digits == 2;
        Some((numeric(year, month, day, Some(separator), two_digits), self.0))
    }

    /// `20200102`, with what follows if that is nothing, a blank or a `T`.
    fn compact_day(&mut self) -> Option<(Numeric<'a>, &'a str)> {
        let (year, _) = self.number(4, 4)?;
        let (month, _) = self.number(2, 2)?;
        let (day, _) = self.number(2, 2)?;
        let ends = self.0.is_empty() || self.0.starts_with([' ', 'T', 't']);
        ends.then(|| (numeric(year, month, day, None, true), self.0))
    }

    /// `15:04`, `15:04:05.999`; `150405` where `compact`.
    pub(super) fn clock(&mut self, compact: bool) -> Option<Clock> {
        let mut at = *self;
        let (hour, digits) = at.number(1, 2)?;
        if at.eat([':', '：']) {
            let (minute, _) = at.number(1, 2)?;
            let second = if at.eat([':', '：']) { Some(at.number(1, 2)?.0 as u8) } else { None };
            if second.is_some() && at.0.starts_with(['.', ',']) {
                at.0 = at.0[1..].trim_start_matches(|c: char| c.is_ascii_digit());
            }
            *self = at;
            return Some(Clock { hour: hour as u8, minute: minute as u8, second });
        }
        if !compact || digits < 2 {
            return None;
        }
        let (minute, _) = at.number(2, 2)?;
        let second = at.number(2, 2).map(|(second, _)| second as u8);
        *self = at;
        Some(Clock { hour: hour as u8, minute: minute as u8, second })
    }

    /// `Z`, `UTC`, `+08:00`, `+0800`, `+8`.
    fn zone(&mut self) -> Option<Zone> {
        for name in ["UTC", "GMT", "Z", "z"] {
            let Some(rest) = self.0.strip_prefix(name) else { continue };
            if rest.is_empty() || rest.starts_with([' ', '\t']) {
                self.0 = rest;
                return Some(Zone { seconds: 0, is_utc: true, has_colon: false, digits: 0 });
            }
        }
        let sign = if self.0.starts_with('-') { -1 } else { 1 };
        let mut at = *self;
        if !at.eat(['+', '-']) {
            return None;
        }
        let (hours, digits) = at.number(1, 2)?;
        let has_colon = at.eat([':', ':']);
        let (minutes, more) = at.number(2, 2).unwrap_or((0, 0));
        if has_colon && more == 0 || minutes > 59 {
            return None;
        }
        *self = at;
        let seconds = sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
        Some(Zone { seconds, is_utc: false, has_colon, digits: digits + more })
    }

    /// A number of so many digits at least, and no more than so many taken.
    pub(super) fn number(&mut self, least: usize, most: usize) -> Option<(u16, usize)> {
        let digits = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        if digits < least {
            return None;
        }
        let (number, rest) = self.0.split_at(digits);
        self.0 = rest;
        Some((number.parse().ok()?, digits))
    }

    /// Takes one of two characters.
    fn eat(&mut self, wanted: [char; 2]) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn skip<const N: usize>(&mut self, blanks: [char; N]) {
        self.0 = self.0.trim_start_matches(blanks);
    }
}

fn numeric(year: u16, month: u16, day: u16, separator: Option<char>, two_digits: bool) -> Numeric<'static> {
    let (month, day) = (month as u8, day as u8);
    Numeric { year, month, day, separator, two_digits, has_t: false, clock: None, offset: None, rest: "" }
}
