//! Posts that are editions of one thing: this year's survey, the next release, the third part. They share their form on
//! purpose, and their titles or folders say so: they differ in numbers or months and in nothing else.

use std::sync::OnceLock;

use super::Facts;

/// Names of months as they stand in titles, in lower case.
const MONTHS: [&str; 23] = [
    "jan",
    "january",
    "feb",
    "february",
    "mar",
    "march",
    "apr",
    "april",
    "may",
    "jun",
    "june",
    "jul",
    "july",
    "aug",
    "august",
    "sep",
    "september",
    "oct",
    "october",
    "nov",
    "november",
    "dec",
    "december",
];

/// Digits of Chinese and Japanese titles.
const NUMERALS: &str = "〇零一二三四五六七八九十百";

/// The forms of the titles of a site, each made when it is first asked for: a post may be in many pairs.
#[derive(Debug)]
pub(super) struct Forms(Vec<OnceLock<Box<str>>>);

impl Forms {
    /// Of so many posts.
    pub(super) fn of(posts: usize) -> Self {
        Self((0..posts).map(|_| OnceLock::new()).collect())
    }

    fn form(&self, post: usize, title: &str) -> &str {
        self.0[post].get_or_init(|| form(title).into())
    }

    /// Whether the titles of two posts say that they are editions; of pages with one title and no day, their folders.
    pub(super) fn are_editions(&self, (a, one): (usize, &Facts), (b, other): (usize, &Facts)) -> bool {
        let (Some(title), Some(other_title)) = (&one.title, &other.title) else { return false };
        if title.text != other_title.text {
            let form = self.form(a, &title.text);
            return !form.is_empty() && form == self.form(b, &other_title.text);
        }
        let (folder, other_folder) = (folder(&one.path), folder(&other.path));
        let is_dated = one.date.is_some() || other.date.is_some();
        !is_dated && folder != other_folder && without_digits(folder).eq(without_digits(other_folder))
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn without_digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_ascii_digit())
}

/// What is left of a title without numbers and months: words without blanks lose their digits, other words with a digit
/// (`v1.2`, `beta1`) go as a whole.
fn form(title: &str) -> String {
    let mut form = String::new();
    for word in title.to_lowercase().split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.is_ascii() {
            form.extend(word.chars().filter(|c| c.is_alphabetic() && !NUMERALS.contains(*c)));
        } else if !word.contains(|c: char| c.is_ascii_digit()) && !MONTHS.contains(&word) {
            form.extend(word.chars().filter(char::is_ascii_alphanumeric));
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_months_are_no_part_of_the_form() {
        for (one, other) in [
            ("Pump survey 2023", "Pump survey 2024"),
            ("Valves 1.2 released", "Valves 2.0.0-beta1 released"),
            ("Council, March 2024", "Council, September 2025"),
            ("Electing the council", "Electing the council (2025)"),
            ("学习笔记（一）", "学习笔记（十二）"),
            ("2019年第3期周报", "2020年第41期周报"),
        ] {
            assert_eq!(form(one), form(other));
        }
        for (one, other) in [("How to mend a pump", "How to mend a valve"), ("春天的水泵", "春天的阀门")] {
            assert_ne!(form(one), form(other));
        }
    }
}
