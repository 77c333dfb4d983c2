//! Parameters in the address of a link. Addresses are cut as they are written (`&` and `&amp;` alike), so that a hit is the
//! very bytes of the parameter.

use std::borrow::Cow;

use regex::Regex;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::matcher::{Hit, SpecError};
use crate::source::Span;
use crate::spanned::de::Located;

use super::shortened;

/// How much of a value a message repeats, in characters: it may be a credential.
const SHOWN: usize = 6;

/// Which parameters to look for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Query {
    /// Their keys, in any case; `utm_*` stands for all that begin so.
    pub keys: Vec<String>,
    /// What the values look like.
    #[serde(default)]
    pub value: Option<Value>,
}

/// What a value looks like.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Value {
    /// Shorter values are not meant.
    #[serde(default)]
    pub min_chars: usize,
    /// The characters that it is made of.
    #[serde(default)]
    pub alphabet: Alphabet,
    /// Less entropy is not meant, in bits per character: words and counters have little.
    #[serde(default)]
    pub min_entropy: f64,
    /// Regular expressions: values that one of them matches are not meant.
    #[serde(default)]
    pub unless: Vec<Located<String>>,
}

/// Which characters a value is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Alphabet {
    /// Any.
    #[default]
    Any,
    /// Those of hexadecimal and base64 texts, with letters and digits both: what a program draws by chance.
    Random,
}

/// Keys and values, ready to be searched.
pub(super) struct Parameters {
    /// In lower case.
    keys: Vec<String>,
    value: Value,
    unless: Vec<Regex>,
}

/// A parameter as it stands in the address.
struct Parameter<'a> {
    start: usize,
    end: usize,
    key: &'a str,
    value: &'a str,
}

impl Query {
    /// Reads the patterns.
    ///
    /// # Errors
    /// When there is no key, or a pattern does not work.
    pub(super) fn build(&self) -> Result<Parameters, SpecError> {
        if self.keys.is_empty() {
            return Err(SpecError { message: "no key to look for".into(), help: None, at: None });
        }
        let value = self.value.clone().unwrap_or_default();
        let unless = value.unless.iter().map(|pattern| {
            Regex::new(&pattern.value).map_err(|error| SpecError {
                message: format!("this regular expression does not work: {error}"),
                help: None,
                at: Some((pattern.span, pattern.layer)),
            })
        });
        let unless = unless.collect::<Result<_, _>>()?;
        Ok(Parameters { keys: self.keys.iter().map(|key| key.to_ascii_lowercase()).collect(), value, unless })
    }
}

impl Parameters {
    /// Adds the parameters of an address that begins at byte `base`. Neighbours make one hit.
    pub(super) fn hits(&self, address: &str, base: usize, out: &mut Vec<Hit>) {
        let mut last_end = None;
        let first = out.len();
        for parameter in parameters(address).filter(|parameter| self.is_meant(parameter)) {
            let end = base + parameter.end;
            match out.last_mut().filter(|_| last_end == Some(parameter.start)) {
                Some(hit) => {
                    hit.span = Span::new(hit.span.range().start, end);
                    let (_, keys) = &mut hit.vars[0];
                    keys.push_str("`, `");
                    keys.push_str(parameter.key);
                }
                None => out.push(Hit {
                    span: Span::new(base + parameter.start, end),
                    vars: vec![
                        (Cow::Borrowed("key"), parameter.key.to_owned()),
                        (Cow::Borrowed("value"), shortened(parameter.value, SHOWN)),
                    ],
                    ..Hit::default()
                }),
            }
            let separator = separator(&address[parameter.end..]);
            last_end = Some(parameter.end + separator);
        }
        for hit in &mut out[first..] {
            hit.repair = Some((with_separator(address, base, hit.span), String::new()));
        }
    }

    fn is_meant(&self, parameter: &Parameter<'_>) -> bool {
        let is_key = |key: &String| match key.strip_suffix('*') {
            Some(start) => parameter.key.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)),
            None => key.eq_ignore_ascii_case(parameter.key),
        };
        let (wanted, value) = (&self.value, parameter.value);
        self.keys.iter().any(is_key)
            && value.len() >= wanted.min_chars
            && (wanted.alphabet == Alphabet::Any || is_random(value))
            && (wanted.min_entropy <= 0.0 || entropy(value) >= wanted.min_entropy)
            && !self.unless.iter().any(|unless| unless.is_match(value))
    }
}

/// Parameters with what parts them from the next one, else from what stands before them.
fn with_separator(address: &str, base: usize, span: Span) -> Span {
    let (start, end) = (span.range().start - base, span.range().end - base);
    let behind = separator(&address[end..]);
    if behind > 0 && address[end..].starts_with('&') {
        return Span::new(base + start, base + end + behind);
    }
    let before = ["&amp;", "&", "?", "#"].iter().find(|before| address[..start].ends_with(*before));
    Span::new(base + start - before.map_or(0, |before| before.len()), base + end)
}

/// The parameters behind the first `?` or `#`, which the addresses of single-page applications mix.
fn parameters(address: &str) -> impl Iterator<Item = Parameter<'_>> {
    let mut at = address.find(['?', '#']).map_or(address.len(), |at| at + 1);
    std::iter::from_fn(move || {
        let rest = address.get(at..).filter(|rest| !rest.is_empty())?;
        let len = rest.find(['&', '?', '#']).unwrap_or(rest.len());
        let (key, value) = rest[..len].split_once('=').unwrap_or((&rest[..len], ""));
        let parameter = Parameter { start: at, end: at + len, key, value };
        at += len + separator(&rest[len..]);
        Some(parameter)
    })
}

/// How long the separator is that opens `rest`.
fn separator(rest: &str) -> usize {
    let entity = "&amp;";
    if rest.starts_with(entity) { entity.len() } else { rest.len().min(1) }
}

/// Whether letters and digits are mixed, with nothing but the marks of base64 and of percent-encoding between them.
fn is_random(value: &str) -> bool {
    let is_of_it = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~+/=%".contains(&byte);
    value.bytes().all(is_of_it)
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Shannon's entropy of the bytes of a text, in bits for each.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let total = u32::try_from(text.len()).map_or(f64::INFINITY, f64::from);
    counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) / total).map(|p| -p * p.log2()).sum()
}
