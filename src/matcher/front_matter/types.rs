//! Keys whose value has the wrong type, and strings that the generator reads otherwise than their author.

use super::{Keys, is_template, vars};
use crate::matcher::{Context, Hit, PostMatcher};
use crate::post::Post;
use crate::site::{Kind, Site, StringList};
use crate::spanned::{Node, Style, Value};

/// Finds values of the wrong type.
pub(super) struct Typed {
    keys: Keys,
    kinds: Vec<Wanted>,
}

/// The type that a key has.
struct Wanted {
    key: String,
    kind: Kind,
    /// Whether a string may stand for a list: some generators take it, the configuration's own types never do.
    takes_strings: bool,
}

impl Typed {
    pub(super) fn new(keys: Keys, context: &Context) -> Self {
        let profile = context.site.profile;
        let takes_strings = profile.string_list != StringList::Refused;
        let by_profile =
            profile.keys.iter().map(|key| Wanted { key: key.name.to_owned(), kind: key.kind, takes_strings });
        let by_config = context.demands.types.iter().cloned();
        let by_config = by_config.map(|(key, kind)| Wanted { key, kind, takes_strings: false });
        Self { keys, kinds: by_config.chain(by_profile).collect() }
    }
}

impl Wanted {
    /// Whether a value may stand where this kind is wanted. Dates are judged elsewhere, and empty values too.
    fn fits(&self, value: &Node) -> bool {
        match (&value.value, self.kind) {
            (Value::Null | Value::Alias, _) | (_, Kind::Any | Kind::Date) => true,
            (Value::String(scalar), _) if is_template(&scalar.text) => true,
            // YAML 1.1 words for true and false, which most generators still read as such.
            (Value::String(scalar), Kind::Bool) => {
                let word = scalar.text.trim().to_ascii_lowercase();
                word.is_empty() || scalar.style == Style::Plain && ["yes", "no", "on", "off"].contains(&word.as_str())
            }
            (Value::String(_), Kind::List) => self.takes_strings,
            (Value::String(_), Kind::Number) => false,
            (Value::String(_), Kind::Text) => true,
            (Value::Bool(_), kind) => kind == Kind::Bool,
            (Value::Int(_) | Value::Float(_), kind) => kind == Kind::Number,
            (Value::Date(_), _) => false,
            (Value::Sequence(_), kind) => kind == Kind::List,
            (Value::Mapping(_), kind) => kind == Kind::List && self.takes_strings,
        }
    }

    /// The type, for messages.
    fn in_words(&self) -> &'static str {
        match self.kind {
            Kind::Text => "text",
            Kind::Bool => "true or false",
            Kind::Date => "a date",
            Kind::Number => "a number",
            Kind::List => "a list",
            Kind::Any => "anything",
        }
    }
}

impl PostMatcher for Typed {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        for (name, _, value) in self.keys.entries(post) {
            let Some(wanted) = self.kinds.iter().find(|wanted| wanted.key == name) else { continue };
            if wanted.fits(value) {
                continue;
            }
            let vars =
                vars([("key", name.to_owned()), ("type", wanted.in_words().to_owned()), ("found", found(value))]);
            let repair = repair(wanted.kind, value, post.source.slice(value.span)).map(|text| (value.span, text));
            out.push(Hit { span: value.span, vars, repair, ..Hit::default() });
        }
    }
}

/// The value as one of the type that is wanted, where it can be read as such; `raw` is how it is written.
fn repair(wanted: Kind, value: &Node, raw: &str) -> Option<String> {
    let is_one_line = !raw.is_empty() && !raw.contains('\n');
    match (&value.value, wanted) {
        (Value::String(scalar), Kind::Bool) => {
            let word = scalar.text.trim().to_ascii_lowercase();
            ["true", "false"].contains(&&*word).then_some(word)
        }
        (Value::String(scalar), Kind::Number) => {
            let number = scalar.text.trim();
            let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| number.to_owned())
        }
        (Value::Int(_) | Value::Float(_) | Value::Bool(_), Kind::Text) => is_one_line.then(|| format!("\"{raw}\"")),
        (Value::String(_) | Value::Int(_), Kind::List) => is_one_line.then(|| format!("[{raw}]")),
        _ => None,
    }
}

fn found(value: &Node) -> String {
    match &value.value {
        Value::String(scalar) if matches!(scalar.style, Style::Single | Style::Double) => "quoted text".into(),
        other => other.to_string(),
    }
}

/// Finds strings that look like lists to their author and like something else to the generator.
pub(super) struct Lists {
    pub(super) keys: Keys,
    pub(super) site: Site,
}

impl PostMatcher for Lists {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        for (name, _, value) in self.keys.entries(post) {
            let Some(text) = value.as_str().map(str::trim).filter(|text| !is_template(text)) else { continue };
            let items: Vec<&str> =
                text.split([',', '，', '、', ';', '；']).map(str::trim).filter(|i| !i.is_empty()).collect();
            let is_quoted =
                matches!(&value.value, Value::String(s) if matches!(s.style, Style::Single | Style::Double));
            let Some(read_as) = self.read_as(text, items.len(), is_quoted) else { continue };
            let vars = vars([
                ("key", name.to_owned()),
                ("value", text.to_owned()),
                ("read-as", read_as),
                ("list", format!("[{}]", items.join(", "))),
            ]);
            out.push(Hit { span: value.span, vars, ..Hit::default() });
        }
    }
}

impl Lists {
    /// What the generator makes of the string, when that is not what it looks like.
    fn read_as(&self, text: &str, items: usize, is_quoted: bool) -> Option<String> {
        match self.site.profile.string_list {
            // Jekyll splits at blanks and keeps the commas; a string of single words is the usual way to write a list there.
            StringList::SplitAtBlanks if items > 1 => {
                let words: Vec<String> = text.split_whitespace().take(4).map(|word| format!("`{word}`")).collect();
                Some(words.join(", "))
            }
            // Quoted as a whole, `"Washington, D.C."` is meant as the one term that it is.
            StringList::OneItem | StringList::Unknown if items > 1 && !is_quoted => {
                Some(format!("the one term `{text}`"))
            }
            _ => None,
        }
    }
}
