//! The date and the slug that a file's name carries, with their places in the path. Judges nothing: whether a name without a
//! date is a mistake depends on the generator and on the lint.

use std::ops::Range;

use jiff::civil;

use super::FileName;

/// What stands between the words of a name.
const SEPARATORS: [char; 4] = ['-', '_', ' ', '.'];

/// What a path says about a post's date and address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDate {
    /// The day, if the path carries one that exists. Where the generator wants a date and there is none, the file is no post.
    pub date: Option<civil::Date>,
    /// The bytes of the path that spell the date; where there is none, the empty range at the start of the file's name.
    pub date_range: Range<usize>,
    /// The bytes of the path that spell the slug: the file's name, or that of the folder of an `index` file, without date
    /// and extension.
    pub slug_range: Range<usize>,
}

impl FileDate {
    /// Whether nothing is left to make an address of: nothing or only separators after a date, or a time of day with the
    /// separator of a slug that never came (`2020-08-02-02-23-30-.md`).
    pub fn has_empty_slug(&self, path: &str) -> bool {
        let slug = &path[self.slug_range.clone()];
        // A name that is a date and no more is an address of its own outside Jekyll, which does not take it for a post.
        if self.date_range.end >= self.slug_range.end {
            return false;
        }
        let is_separator = |c: char| SEPARATORS.contains(&c);
        slug.chars().all(is_separator)
            || slug.ends_with(is_separator) && slug.chars().all(|c| is_separator(c) || c.is_ascii_digit())
    }
}

/// Reads the path of a post under a generator's habit (`Site::file_name` tells which).
pub fn parse(path: &str, habit: FileName) -> FileDate {
    let start = path.rfind('/').map_or(0, |slash| slash + 1);
    let name = &path[start..];
    let end = start + name.rfind('.').filter(|dot| *dot > 0).unwrap_or(name.len());
    let dated = match habit {
        FileName::DateRequired => required(path, start..end),
        FileName::DatePrefix => prefixed(path, start..end).or_else(|| in_folders(path, start..end)),
        FileName::Free => None,
    };
    dated.unwrap_or_else(|| FileDate { date: None, date_range: start..start, slug_range: slug_of(path, start..end) })
}

/// `YYYY-M-D-slug`, the year with two to four digits (Jekyll's `DATE_FILENAME_MATCHER`).
fn required(path: &str, stem: Range<usize>) -> Option<FileDate> {
    let text = &path[stem.clone()];
    let (year, rest) = number(text, 2..=4)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 1..=2)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 1..=2)?;
    let slug = rest.strip_prefix('-')?;
    // As Ruby completes years of two digits.
    let year = match year {
        0..=68 => year + 2000,
        69..=99 => year + 1900,
        _ => year,
    };
    let date = civil::Date::new(year, month as i8, day as i8).ok()?;
    let date_range = stem.start..stem.end - rest.len();
    Some(FileDate { date: Some(date), date_range, slug_range: stem.end - slug.len()..stem.end })
}

/// `YYYY-MM-DD` at the start of the name, or of the folder of an `index` file.
fn prefixed(path: &str, stem: Range<usize>) -> Option<FileDate> {
    let named = slug_of(path, stem);
    let (date, rest) = full_date(&path[named.clone()])?;
    let ends = rest.is_empty() || rest.starts_with(['-', '_', ' ', '.', 'T', 't']);
    let date_end = named.end - rest.len();
    let slug = skip_time(rest).trim_start_matches(SEPARATORS);
    ends.then(|| FileDate {
        date: Some(date),
        date_range: named.start..date_end,
        slug_range: named.end - slug.len()..named.end,
    })
}

/// A folder that is named by a date, as `prefixed` reads it, or folders `YYYY/MM/DD` (Docusaurus). Eleventy reads a date in
/// the middle of a name as well, but no person does.
fn in_folders(path: &str, stem: Range<usize>) -> Option<FileDate> {
    let slug = slug_of(path, stem.clone());
    let starts = std::iter::once(0).chain(path[..stem.start].match_indices('/').map(|(slash, _)| slash + 1));
    starts.filter(|at| *at <= slug.start).find_map(|at| {
        let text = &path[at..slug.end];
        let dashed = full_date(text).filter(|(_, rest)| rest.starts_with(['-', '_', ' ', '/']));
        let (date, rest) = dashed.or_else(|| folders(text))?;
        let date_end = slug.end - rest.len();
        let named = path[date_end.max(slug.start)..slug.end].trim_start_matches(SEPARATORS);
        Some(FileDate { date: Some(date), date_range: at..date_end, slug_range: slug.end - named.len()..slug.end })
    })
}

/// Where the slug stands: the stem, or the name of the folder where the stem is `index`.
fn slug_of(path: &str, stem: Range<usize>) -> Range<usize> {
    let plain = path[stem.clone()].split('.').next().unwrap_or_default();
    let is_index = plain.eq_ignore_ascii_case("index") || plain.eq_ignore_ascii_case("readme");
    if !is_index || stem.start == 0 {
        return stem;
    }
    let folder = &path[..stem.start - 1];
    folder.rfind('/').map_or(0, |slash| slash + 1)..folder.len()
}

/// `YYYY-MM-DD` at the start, if there is such a day, and what follows.
fn full_date(text: &str) -> Option<(civil::Date, &str)> {
    triple(text, '-')
}

/// `YYYY/MM/DD` at the start, with a `-` or `/` after it.
fn folders(text: &str) -> Option<(civil::Date, &str)> {
    triple(text, '/').filter(|(_, rest)| rest.starts_with(['/', '-']))
}

fn triple(text: &str, separator: char) -> Option<(civil::Date, &str)> {
    let (year, rest) = number(text, 4..=4)?;
    let (month, rest) = number(rest.strip_prefix(separator)?, 2..=2)?;
    let (day, rest) = number(rest.strip_prefix(separator)?, 2..=2)?;
    Some((civil::Date::new(year, month as i8, day as i8).ok()?, rest))
}

/// `T15:04:05Z` after the date in names that Zola reads.
fn skip_time(rest: &str) -> &str {
    match rest.strip_prefix(['T', 't']) {
        Some(time) if time.starts_with(|c: char| c.is_ascii_digit()) => {
            time.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z' | '+'))
        }
        _ => rest,
    }
}

/// A number with so many digits, all that stand there.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(i16, &str)> {
    let found = text.bytes().take_while(u8::is_ascii_digit).take(5).count();
    if !digits.contains(&found) {
        return None;
    }
    let (number, rest) = text.split_at(found);
    Some((number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The date and the slug in each path.
    fn check(habit: FileName, table: &[(&str, &str, &str)]) {
        for (path, date, slug) in table {
            let found = parse(path, habit);
            let written = found.date.map_or(String::new(), |date| date.to_string());
            assert_eq!((written.as_str(), &path[found.slug_range.clone()]), (*date, *slug), "{path}");
            assert_eq!(found.date.is_none(), found.date_range.is_empty(), "{path}");
        }
    }

    #[test]
    fn jekyll_wants_a_date() {
        let table = [
            ("_posts/2022-05-26-x.md", "2022-05-26", "x"),
            ("blog/_posts/2022-5-6-银行.markdown", "2022-05-06", "银行"),
            ("_posts/98-01-02-old.md", "1998-01-02", "old"),
            ("_posts/2022-05-26-homebrew-2.2.0.md", "2022-05-26", "homebrew-2.2.0"),
            ("_posts/2020-08-02-02-23-30-.md", "2020-08-02", "02-23-30-"),
            ("_posts/2022-05-26-.md", "2022-05-26", ""),
            ("_posts/-202205262391921712.md", "", "-202205262391921712"),
            ("_posts/2022-02-30-x.md", "", "2022-02-30-x"),
            ("_posts/2022-13-01-x.md", "", "2022-13-01-x"),
            ("_posts/2022-05-26.md", "", "2022-05-26"),
            ("_posts/2022-05-26_x.md", "", "2022-05-26_x"),
            ("_posts/20220-05-26-x.md", "", "20220-05-26-x"),
            ("_posts/template.md", "", "template"),
        ];
        check(FileName::DateRequired, &table);
    }

    #[test]
    fn others_read_a_date_that_stands_there() {
        let table = [
            ("content/2020-01-02-a.md", "2020-01-02", "a"),
            ("content/2020-01-02_a.md", "2020-01-02", "a"),
            ("content/2020-01-02T15:04:05Z-a.md", "2020-01-02", "a"),
            ("content/2020-01-02 a.zh.md", "2020-01-02", "a.zh"),
            ("content/2020-01-02.md", "2020-01-02", ""),
            ("blog/2020-01-02-a/index.mdx", "2020-01-02", "a"),
            ("blog/2020-01-02-a/b.md", "2020-01-02", "b"),
            ("blog/2020/01/02/a.md", "2020-01-02", "a"),
            ("blog/2020/01/02-a.md", "2020-01-02", "a"),
            ("2020-01-02-trip/photos/a.md", "2020-01-02", "a"),
            ("src/my-2020-01-02-trip.md", "", "my-2020-01-02-trip"),
            ("posts/629-pm-2026-08-07.md", "", "629-pm-2026-08-07"),
            ("content/a.md", "", "a"),
            ("content/a/index.md", "", "a"),
            ("content/20200102.md", "", "20200102"),
            ("content/2020-02-30-a.md", "", "2020-02-30-a"),
            ("content/2020-01-021.md", "", "2020-01-021"),
            ("index.md", "", "index"),
            ("", "", ""),
        ];
        check(FileName::DatePrefix, &table);
    }

    #[test]
    fn elsewhere_a_date_is_part_of_the_name() {
        check(FileName::Free, &[("_posts/2020-01-02-a.md", "", "2020-01-02-a"), ("a/.md", "", ".md")]);
    }

    #[test]
    fn the_date_is_where_it_is_written() {
        let path = "blog/_posts/2022-5-6-x.md";
        assert_eq!(&path[parse(path, FileName::DateRequired).date_range], "2022-5-6");
        let path = "blog/2020/01/02/a.md";
        assert_eq!(&path[parse(path, FileName::DatePrefix).date_range], "2020/01/02");
    }

    #[test]
    fn empty_slugs() {
        let empty = |path: &str| parse(path, FileName::DateRequired).has_empty_slug(path);
        assert!(empty("_posts/2020-08-02-02-23-30-.md"));
        assert!(empty("_posts/2020-08-02-.md"));
        assert!(empty("_posts/2020-08-02---.md"));
        assert!(!empty("_posts/2020-08-02-hospital.md"));
        assert!(!empty("_posts/2020-08-02-2.md"));
        assert!(!empty("_posts/2021-12-08-202112082206672930.md"));
        assert!(!empty("_posts/2020-08-02-银行-.md"));
        let prefixed = |path: &str| parse(path, FileName::DatePrefix).has_empty_slug(path);
        assert!(prefixed("content/2020-01-02-.md"));
        assert!(!prefixed("content/2020-01-02.md"));
        assert!(!prefixed("content/2020/01/02/index.md"));
    }
}
