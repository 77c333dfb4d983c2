//! Messages with placeholders: `empty {tag} hidden by {declaration}`. Placeholders are checked when the record is loaded.

use unicode_width::UnicodeWidthChar;

/// The longest value of a placeholder in a message, in columns; longer ones end in `…`.
pub const MESSAGE_COLUMNS: usize = 60;
/// The same in help, where a repaired value is to be copied whole.
pub const HELP_COLUMNS: usize = 300;

/// Placeholders that every lint may use, whatever its matcher: the marked text, the generator's title, the number of places.
pub(super) const COMMON: &[&str] = &["text", "generator", "count"];

/// A message, cut at its placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(String),
}

/// Why a text is no template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// A `{` without its `}`.
    Unclosed,
    /// A placeholder that nothing fills.
    Unknown(String),
}

impl Template {
    /// Reads a message whose placeholders must be in `known`. `{{` and `}}` stand for themselves.
    ///
    /// # Errors
    /// On an unknown placeholder and on a brace without partner.
    pub fn parse<S: AsRef<str>>(text: &str, known: &[S]) -> Result<Self, TemplateError> {
        let mut pieces = vec![];
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            plain.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                plain.push_str(brace);
                rest = after;
                continue;
            }
            let (name, after) = rest.split_once('}').filter(|_| brace == "{").ok_or(TemplateError::Unclosed)?;
            if !known.iter().map(AsRef::as_ref).chain(COMMON.iter().copied()).any(|k| k == name) {
                return Err(TemplateError::Unknown(name.to_owned()));
            }
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
            pieces.push(Piece::Placeholder(name.to_owned()));
            rest = after;
        }
        plain.push_str(rest);
        pieces.push(Piece::Text(plain));
        Ok(Self { pieces })
    }

    /// The text with its placeholders filled from `value`, as they are; `None` if one has no value.
    pub fn fill_whole(&self, value: &dyn Fn(&str) -> Option<String>) -> Option<String> {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => Some(text.clone()),
            Piece::Placeholder(name) => value(name),
        });
        pieces.collect()
    }

    /// The message with its placeholders filled from `value`, each cut to so many columns.
    pub fn fill(&self, columns: usize, value: &dyn Fn(&str) -> Option<String>) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Placeholder(name) => out.push_str(&clip(&value(name).unwrap_or_default(), columns)),
            }
        }
        out
    }
}

/// `text` on one line, blanks collapsed, cut to `columns` with `…`.
pub fn clip(text: &str, columns: usize) -> String {
    let mut out = String::new();
    let mut width = 0;
    let mut blank = false;
    for c in text.trim().chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        let needed = c.width().unwrap_or(1) + usize::from(blank);
        if width + needed > columns {
            out.push('…');
            return out;
        }
        if std::mem::take(&mut blank) {
            out.push(' ');
        }
        out.push(c);
        width += needed;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_known_placeholders() {
        let template = Template::parse("`{tag}` at {{x}}", &["tag"]).expect("known");
        assert_eq!(template.fill(60, &|_| Some("a  b\n".into())), "`a b` at {x}");
        assert_eq!(Template::parse("{nope}", &["tag"]), Err(TemplateError::Unknown("nope".into())));
        assert_eq!(Template::parse("{tag", &["tag"]), Err(TemplateError::Unclosed));
    }

    #[test]
    fn clips_by_columns() {
        assert_eq!(clip("银行银行", 5), "银行…");
        assert_eq!(clip("abcde", 5), "abcde");
    }
}
