//! The day under which a page stands in its address: what is written, shown in the time zone of the site.

use jiff::civil::{self, Time};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};

use crate::site::{Dates, date};
use crate::spanned::{Node, Value};

/// In which time zone a site shows its dates.
#[derive(Clone, Debug)]
pub(super) enum Zone {
    /// In this one.
    Known(TimeZone),
    /// In that of the machine that builds the site.
    OfTheBuild,
}

impl Zone {
    /// The zone with this name; that of the build for a name that is none.
    pub(super) fn named(name: Option<&str>) -> Self {
        // The database comes with the program, so that every machine knows the same zones.
        let zone = name.and_then(|name| match name {
            "UTC" | "Etc/UTC" => Some(TimeZone::UTC),
            name => TimeZoneDatabase::bundled().get(name).ok(),
        });
        zone.map_or(Zone::OfTheBuild, Zone::Known)
    }
}

/// A day, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Day {
    /// The day as it was written.
    pub(super) written: civil::Date,
    /// The day that is shown: `written` if that depends on the build.
    pub(super) shown: civil::Date,
    /// Other days that may be shown, depending on the build.
    pub(super) perhaps: Vec<civil::Date>,
    /// The moment, as far as it is known: for what is in the future.
    pub(super) moment: Timestamp,
}

impl Day {
    /// A day alone, the same everywhere.
    pub(super) fn of(day: civil::Date) -> Self {
        Self { written: day, shown: day, perhaps: vec![], moment: at(day, Time::midnight()) }
    }

    /// The day that a value of front matter means. `is_utc` says that a time without an offset is read as UTC and then shown
    /// in the zone of the site; else it is of that zone.
    pub(super) fn read(node: &Node, dates: Dates, zone: &Zone, is_utc: bool) -> Option<Self> {
        let text = match &node.value {
            Value::String(scalar) => &scalar.text,
            Value::Date(text) => text,
            _ => return None,
        };
        let date = date::parse(text, dates).ok()?;
        let written = date.civil?;
        let instant = date.instant.or_else(|| {
            let time = time_of(text)?;
            is_utc.then(|| at(written, time))
        });
        let Some(instant) = instant else { return Some(Self::of(written)) };
        Some(match zone {
            Zone::Known(zone) => {
                Self { written, shown: zone.to_datetime(instant).date(), perhaps: vec![], moment: instant }
            }
            Zone::OfTheBuild => {
                // From UTC-12 to UTC+14.
                let day = |hours: i8| Offset::constant(hours).to_datetime(instant).date();
                let mut perhaps = vec![day(-12), day(0), day(14)];
                perhaps.dedup();
                perhaps.retain(|day| *day != written);
                Self { written, shown: written, perhaps, moment: instant }
            }
        })
    }

    /// Whether the day is surely in the future at this time.
    pub(super) fn is_after(&self, now: Timestamp) -> bool {
        // A day alone begins somewhere on earth fourteen hours before it does in Greenwich.
        self.moment.checked_sub(14.hours()).is_ok_and(|moment| moment > now)
    }
}

fn at(day: civil::Date, time: Time) -> Timestamp {
    Offset::UTC.to_timestamp(day.to_datetime(time)).unwrap_or(Timestamp::MIN)
}

/// The time of day in a date that has no offset: `2024-05-06 01:05:33`, `2024-05-06T01:05`.
fn time_of(text: &str) -> Option<Time> {
    let colon = text.find(':')?;
    let digits = |text: &str| text.parse::<i8>().ok();
    let hour = text[..colon].rsplit(|c: char| !c.is_ascii_digit()).next().and_then(digits)?;
    let minute = text[colon + 1..].split(|c: char| !c.is_ascii_digit()).next().and_then(digits)?;
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spanned::yaml;

    fn day(text: &str, zone: Option<&str>, is_utc: bool) -> Option<(String, String, Vec<String>)> {
        let node = yaml::parse(&format!("date: {text}\n")).expect("YAML");
        let day = Day::read(node.get("date")?, Dates::Ruby, &Zone::named(zone), is_utc)?;
        let all = day.perhaps.iter().map(ToString::to_string).collect();
        Some((day.written.to_string(), day.shown.to_string(), all))
    }

    #[test]
    fn days_are_shown_in_the_zone_of_the_site() {
        let check = |text: &str, zone: Option<&str>, written: &str, shown: &str, perhaps: &[&str]| {
            let expected = Some((written.into(), shown.into(), perhaps.iter().map(|day| (*day).to_owned()).collect()));
            assert_eq!(day(text, zone, true), expected, "{text} in {zone:?}");
        };
        let shanghai = Some("Asia/Shanghai");
        check("2022-06-02 01:05:33 +0800", Some("UTC"), "2022-06-02", "2022-06-01", &[]);
        check("2022-06-02 01:05:33 +0800", shanghai, "2022-06-02", "2022-06-02", &[]);
        check("2022-06-02 01:05:33 +0800", None, "2022-06-02", "2022-06-02", &["2022-06-01"]);
        check("2022-06-02 20:00:00", shanghai, "2022-06-02", "2022-06-03", &[]);
        check("2022-06-02 20:00:00", None, "2022-06-02", "2022-06-02", &["2022-06-03"]);
        check("2022-06-02", None, "2022-06-02", "2022-06-02", &[]);
        check("2022-06-02", Some("America/New_York"), "2022-06-02", "2022-06-02", &[]);
        // No zone of that name: that of the build.
        check("2022-06-02 01:05:33 +0800", Some("Mars/Base"), "2022-06-02", "2022-06-02", &["2022-06-01"]);
        assert_eq!(day("soon", None, true), None);
    }

    #[test]
    fn what_is_surely_in_the_future() {
        let now: Timestamp = "2024-05-06T12:00:00Z".parse().expect("a time");
        for (day, is_after) in [((2024, 5, 6), false), ((2024, 5, 7), false), ((2024, 5, 8), true)] {
            assert_eq!(Day::of(civil::date(day.0, day.1, day.2)).is_after(now), is_after, "{day:?}");
        }
    }
}
