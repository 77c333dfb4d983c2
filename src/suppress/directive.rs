//! One directive: what a comment that begins with `copydesk-` says. Knows the words and their order, not where they stand.

use jiff::civil::Date;

use crate::source::Span;
use crate::spanned::nearest;

/// What every directive begins with.
pub(super) const PREFIX: &str = "copydesk-";

/// The directives, by the word behind `copydesk-`.
const WORDS: &[(&str, Verb)] = &[
    ("disable-next-line", Verb::NextLine),
    ("disable-line", Verb::Line),
    ("disable-file", Verb::File),
    ("disable", Verb::Begin),
    ("enable", Verb::End),
];

/// What a directive does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    /// Hides what the next line holds.
    NextLine,
    /// Hides what its own line holds.
    Line,
    /// Hides what follows, up to an `End`.
    Begin,
    /// Ends what a `Begin` began.
    End,
    /// Hides what the post holds.
    File,
}

impl Verb {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        WORDS.iter().find(|(_, verb)| *verb == self).map(|(word, _)| *word).expect("every verb has its row")
    }
}

/// A directive that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Directive {
    pub(super) verb: Verb,
    /// From its first word to its last.
    pub(super) span: Span,
    /// The lints it names; none stands for all.
    pub(super) lints: Vec<(String, Span)>,
    pub(super) wish: Wish,
}

/// What goes with a wish to hide diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// Why, in the author's words.
    pub(super) reason: Option<String>,
    /// The last day on which it holds, and where that is written.
    pub(super) expires: Option<(Date, Span)>,
}

/// What cannot be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    pub(super) span: Span,
    pub(super) why: String,
    /// How it is to be written.
    pub(super) advice: String,
}

/// How every directive is written.
const FORM: &str = "write it as `copydesk-disable-next-line LINT, LINT: reason; expires: 2027-01-31`";

impl Malformed {
    pub(super) fn new(span: Span, why: impl Into<String>) -> Self {
        Self { span, why: why.into(), advice: FORM.to_owned() }
    }
}

/// The directive that `text`, which stands at byte `at`, is; `None` if it is meant to be none.
pub(super) fn read(text: &str, at: usize) -> Option<Result<Directive, Malformed>> {
    let blanks = text.len() - text.trim_start().len();
    let (text, at) = (text.trim(), at + blanks);
    let rest = text.strip_prefix(PREFIX)?;
    let length = rest.find(|c: char| c.is_whitespace() || c == ':' || c == ',').unwrap_or(rest.len());
    let word = &rest[..length];
    let Some((_, verb)) = WORDS.iter().find(|(known, _)| *known == word) else {
        return Some(Err(no_word(word, at)));
    };
    let from = PREFIX.len() + length;
    let parsed = wish(&text[from..], at + from).and_then(|(rest, expires)| {
        let (list, reason) = rest.split_once(':').map_or((&*rest, None), |(list, reason)| (list, Some(reason)));
        let wish = Wish { reason: reason.and_then(said), expires };
        Ok(Directive { verb: *verb, span: Span::new(at, at + text.len()), lints: lints(list, at + from)?, wish })
    });
    Some(parsed)
}

/// The reason with its day: what stands for a lint in a mapping of front matter.
pub(super) fn read_wish(text: &str, at: usize) -> Result<Wish, Malformed> {
    let (reason, expires) = wish(text, at)?;
    Ok(Wish { reason: said(&reason), expires })
}

fn said(reason: &str) -> Option<String> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(reason).filter(|reason| !reason.is_empty())
}

fn no_word(word: &str, at: usize) -> Malformed {
    let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
    let meant = nearest(word, &words).map(|near| format!("did you mean `{PREFIX}{near}`?"));
    let span = Span::new(at, at + PREFIX.len() + word.len());
    let wrong = Malformed::new(span, format!("there is no `{PREFIX}{word}`"));
    Malformed { advice: meant.unwrap_or(wrong.advice), ..wrong }
}

/// Cuts `expires: DATE` out of a text: what is left, as long as before, and the day.
type Cut = (String, Option<(Date, Span)>);

fn wish(text: &str, at: usize) -> Result<Cut, Malformed> {
    let Some((start, value)) = expiry(text) else { return Ok((text.to_owned(), None)) };
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | ':');
    let length = text[value..].find(ends).unwrap_or(text.len() - value);
    let end = value + length;
    let span = Span::new(at + start, at + end);
    let written = &text[value..end];
    let is_whole = written.len() == "2027-01-01".len();
    let Some(date) = written.parse::<Date>().ok().filter(|_| is_whole) else {
        return Err(Malformed::new(span, format!("`{written}` is no date")));
    };
    // What only parts the day from the rest goes with it.
    let before = text[..start].trim_end().trim_end_matches([';', ',', '(']).len();
    let after = end + text[end..].len() - text[end..].trim_start_matches([';', ',', ')']).len();
    let rest = format!("{}{}{}", &text[..before], " ".repeat(after - before), &text[after..]);
    Ok((rest, Some((date, span))))
}

/// Where the last `expires:` begins that is a word of its own, and its value.
fn expiry(text: &str) -> Option<(usize, usize)> {
    const WORD: &str = "expires:";
    let starts = |at: &usize| text[..*at].chars().next_back().is_none_or(|c| c.is_whitespace() || ";,(:".contains(c));
    let start = text.rmatch_indices(WORD).map(|(at, _)| at).find(starts)?;
    let value = start + WORD.len();
    Some((start, value + text[value..].len() - text[value..].trim_start().len()))
}

fn lints(list: &str, at: usize) -> Result<Vec<(String, Span)>, Malformed> {
    let mut lints = Vec::new();
    let mut from = 0;
    for item in list.split(',') {
        let start = from + item.len() - item.trim_start().len();
        from += item.len() + 1;
        let item = item.trim();
        let span = Span::new(at + start, at + start + item.len());
        match item.split_once(char::is_whitespace) {
            Some((first, _)) => {
                return Err(Malformed::new(span, format!("a comma or a colon is missing behind `{first}`")));
            }
            None if item.is_empty() => {}
            None => lints.push((item.to_owned(), span)),
        }
    }
    Ok(lints)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Verb, lints, reason, day.
    fn said(text: &str) -> Option<(&'static str, String, Option<String>, Option<String>)> {
        let directive = read(text, 0)?.unwrap_or_else(|wrong| panic!("{text}: {}", wrong.why));
        let names: Vec<&str> = directive
            .lints
            .iter()
            .map(|(name, span)| {
                assert_eq!(&text[span.range()], name);
                &**name
            })
            .collect();
        let date = directive.wish.expires.map(|(date, _)| date.to_string());
        Some((directive.verb.word(), names.join(" "), directive.wish.reason, date))
    }

    #[test]
    fn reads_verb_lints_reason_and_day() {
        let row = |verb, lints: &str, reason: &str, date: &str| {
            let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            Some((verb, lints.to_owned(), some(reason), some(date)))
        };
        for (text, expected) in [
            (" copydesk-disable-next-line a: it is so ", row("disable-next-line", "a", "it is so", "")),
            ("copydesk-disable-line a, b-c ,d", row("disable-line", "a b-c d", "", "")),
            ("copydesk-disable-file", row("disable-file", "", "", "")),
            ("copydesk-disable: all of it", row("disable", "", "all of it", "")),
            ("copydesk-disable\n  a,\n  b: it\n  is so", row("disable", "a b", "it is so", "")),
            ("copydesk-enable a", row("enable", "a", "", "")),
            ("copydesk-disable a: see http://x.org", row("disable", "a", "see http://x.org", "")),
            ("copydesk-disable a: 理由", row("disable", "a", "理由", "")),
            ("copydesk-disable a expires: 2027-01-01", row("disable", "a", "", "2027-01-01")),
            ("copydesk-disable a; expires: 2027-01-01", row("disable", "a", "", "2027-01-01")),
            ("copydesk-disable a: moving; expires: 2027-01-01", row("disable", "a", "moving", "2027-01-01")),
            ("copydesk-disable a: moving (expires: 2027-01-01)", row("disable", "a", "moving", "2027-01-01")),
            ("copydesk-disable a expires: 2027-01-01: moving", row("disable", "a", "moving", "2027-01-01")),
            ("copydesk-disable expires:2027-01-01", row("disable", "", "", "2027-01-01")),
            (
                "copydesk-disable a: expires: 2027-01-01, then all moves",
                row("disable", "a", "then all moves", "2027-01-01"),
            ),
            ("copydesk-disable a:", row("disable", "a", "", "")),
            ("copydesk disable a", None),
            ("see copydesk-disable", None),
            ("", None),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }

    #[test]
    fn says_what_it_cannot_read() {
        for (text, marked, why) in [
            ("copydesk-disable-nextline a", "copydesk-disable-nextline", "there is no `copydesk-disable-nextline`"),
            ("copydesk-off", "copydesk-off", "there is no `copydesk-off`"),
            ("copydesk-disable a it is so", "a it is so", "a comma or a colon is missing behind `a`"),
            ("copydesk-disable a: x; expires: 2027-02-30", "expires: 2027-02-30", "`2027-02-30` is no date"),
            ("copydesk-disable a expires: soon", "expires: soon", "`soon` is no date"),
            ("copydesk-disable a expires:", "expires:", "`` is no date"),
        ] {
            let wrong = read(text, 0).expect("it is meant").expect_err(text);
            assert_eq!((&text[wrong.span.range()], &*wrong.why), (marked, why), "{text}");
        }
    }
}
