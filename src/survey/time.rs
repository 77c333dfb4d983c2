//! Posts over time, by the day that their front matter or their file's name tells.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil;

use super::ByPost;
use crate::corpus::Facts;
use crate::diagnostic::Level;

/// Up to so many months are told one by one, else years are.
const MOST_MONTHS: i32 = 36;
/// So many periods are told one by one; what is older is told in one sum.
const MOST_PERIODS: usize = 48;

/// Posts over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Time {
    /// The periods, the oldest first, without a gap as long as there are few.
    pub periods: Vec<Period>,
    /// Whether they are months, not years.
    pub is_monthly: bool,
    /// What is older than the first period.
    pub earlier: Posts,
    /// Posts without a day.
    pub undated: Posts,
}

/// A year or a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// `2024`, `2024-05`.
    pub name: String,
    /// Its posts.
    pub posts: Posts,
}

/// How many posts there are, by the worst that is said about each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Posts {
    /// Nothing is said about them.
    pub clean: usize,
    /// Nothing worse than something to know.
    pub infos: usize,
    /// Warnings, but no error.
    pub warnings: usize,
    /// Errors.
    pub errors: usize,
}

impl Posts {
    /// All of them.
    pub fn all(self) -> usize {
        self.clean + self.infos + self.warnings + self.errors
    }

    /// Those something is said about.
    pub fn affected(self) -> usize {
        self.all() - self.clean
    }

    fn add(&mut self, worst: Option<Level>) {
        match worst {
            None => self.clean += 1,
            Some(Level::Info) => self.infos += 1,
            Some(Level::Warn) => self.warnings += 1,
            Some(Level::Error) => self.errors += 1,
        }
    }

    fn join(&mut self, other: Posts) {
        self.clean += other.clean;
        self.infos += other.infos;
        self.warnings += other.warnings;
        self.errors += other.errors;
    }
}

impl Time {
    pub(super) fn of(posts: &[Arc<Facts>], said: &ByPost<'_>) -> Self {
        let worst = |path: &str| said.get(path).and_then(|said| said.iter().map(|one| one.level).max());
        Self::count(posts.iter().map(|facts| (facts.date, worst(&facts.path))))
    }

    /// Counts posts by their day and the worst that is said about them.
    pub fn count(posts: impl Iterator<Item = (Option<civil::Date>, Option<Level>)>) -> Self {
        let mut time = Self::default();
        let mut months: BTreeMap<i32, Posts> = BTreeMap::new();
        for (date, worst) in posts {
            match date {
                Some(date) => months.entry(number_of(date)).or_default().add(worst),
                None => time.undated.add(worst),
            }
        }
        let ends = months.keys().next().zip(months.keys().next_back());
        let Some((first, last)) = ends.map(|(first, last)| (*first, *last)) else { return time };
        time.is_monthly = last - first < MOST_MONTHS;
        let step = if time.is_monthly { 1 } else { 12 };
        let mut periods: BTreeMap<i32, Posts> = BTreeMap::new();
        months.into_iter().for_each(|(month, posts)| periods.entry(month.div_euclid(step)).or_default().join(posts));
        // A slip in a year puts posts a thousand years apart: gaps are only filled where that shows something.
        let span = (last.div_euclid(step) - first.div_euclid(step)).unsigned_abs() as usize;
        if span < MOST_PERIODS {
            (first.div_euclid(step)..=last.div_euclid(step)).for_each(|gap| _ = periods.entry(gap).or_default());
        }
        let older = periods.len().saturating_sub(MOST_PERIODS);
        let mut periods = periods.into_iter();
        periods.by_ref().take(older).for_each(|(_, posts)| time.earlier.join(posts));
        let name = |period: i32| match time.is_monthly {
            true => format!("{:04}-{:02}", period.div_euclid(12), period.rem_euclid(12) + 1),
            false => format!("{period:04}"),
        };
        time.periods = periods.map(|(period, posts)| Period { name: name(period), posts }).collect();
        time
    }
}

/// The month, counted from the year 0.
fn number_of(date: civil::Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(days: &[(&str, Option<Level>)]) -> Time {
        let date = |day: &str| (!day.is_empty()).then(|| day.parse().expect("a date"));
        Time::count(days.iter().map(|(day, worst)| (date(day), *worst)))
    }

    fn names(time: &Time) -> Vec<(&str, usize)> {
        time.periods.iter().map(|period| (&*period.name, period.posts.all())).collect()
    }

    #[test]
    fn months_while_there_are_few() {
        let time =
            count(&[("2023-11-30", None), ("2024-02-01", Some(Level::Warn)), ("2024-02-29", Some(Level::Error))]);
        assert_eq!(names(&time), [("2023-11", 1), ("2023-12", 0), ("2024-01", 0), ("2024-02", 2)]);
        assert_eq!(time.periods[3].posts, Posts { warnings: 1, errors: 1, ..Posts::default() });
        assert_eq!(names(&count(&[("2020-01-01", None), ("2022-12-31", None)])).len(), 36);
    }

    #[test]
    fn years_where_there_are_many() {
        let time = count(&[("2020-01-01", None), ("2023-01-01", Some(Level::Info)), ("", Some(Level::Info))]);
        assert_eq!(names(&time), [("2020", 1), ("2021", 0), ("2022", 0), ("2023", 1)]);
        assert_eq!((time.undated.all(), time.undated.affected(), time.undated.infos), (1, 1, 1));
        assert!(!time.is_monthly);
    }

    #[test]
    fn a_slip_in_a_year_makes_no_thousand_bars() {
        let time = count(&[("0204-01-01", None), ("2024-01-01", None), ("9999-12-31", None)]);
        assert_eq!(names(&time), [("0204", 1), ("2024", 1), ("9999", 1)]);
        let centuries: Vec<String> = (1900..2000).map(|year| format!("{year}-06-15")).collect();
        let days: Vec<(&str, Option<Level>)> = centuries.iter().map(|day| (&**day, None)).collect();
        let time = count(&days);
        assert_eq!((time.periods.len(), &*time.periods[0].name, time.earlier.clean), (48, "1952", 52));
    }

    #[test]
    fn a_site_without_dates_has_no_periods() {
        assert_eq!(count(&[("", None)]).periods, []);
        assert_eq!(count(&[]), Time::default());
    }
}
