//! Keys that must be there, and keys that must not be empty.

use super::{Keys, vars};
use crate::matcher::{Context, Hit, PostMatcher};
use crate::post::{BlockKind, OBJECT, Post};
use crate::site::{FileName, Need, Profile, Role, file_name};
use crate::spanned::{Node, Value};

/// Finds needed keys that are missing.
pub(super) struct Present {
    /// The key, and who needs it.
    needed: Vec<(String, String)>,
}

impl Present {
    pub(super) fn new(keys: Keys, context: &Context) -> Self {
        let profile = context.site.profile;
        let by_profile = profile.keys.iter().filter(|key| key.need != Need::Optional);
        let by_profile = by_profile.map(|key| (key.name.to_owned(), profile.title.to_owned()));
        let by_config = context.demands.required.iter().map(|key| (key.clone(), "copydesk.yaml".to_owned()));
        let mut needed: Vec<_> = by_config.chain(by_profile).filter(|(key, _)| keys.contains(key)).collect();
        let mut seen = std::collections::BTreeSet::new();
        needed.retain(|(key, _)| seen.insert(key.clone()));
        Self { needed }
    }
}

impl PostMatcher for Present {
    /// Says nothing about front matter that is absent or broken: other lints do, and keys may stand behind the fault. A file
    /// without any text is no article: a page that a template fills, or a redirect.
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        if post.front.format.is_none() || !post.front.parsed || post.role != Role::Post {
            return;
        }
        if post.prose.blocks.is_empty() {
            return;
        }
        for (key, by) in self.needed.iter().filter(|(key, _)| post.front.root.get(key).is_none()) {
            let mut vars = vars([("key", key.clone()), ("by", by.clone())]);
            vars.extend(told(post, key).map(|value| ("value".into(), value)));
            out.push(Hit { span: post.front.fence, vars, ..Hit::default() });
        }
    }
}

/// What the post itself tells of a key: the day in its file name, the words of the heading that it begins with.
fn told(post: &Post, key: &str) -> Option<String> {
    match key {
        // Whether or not the generator takes it for one: who writes a day into a name means the post's.
        "date" => Some(file_name::parse(&post.source.path, FileName::DatePrefix).date?.to_string()),
        "title" => {
            let (_, first) = post.prose.visible_blocks().next()?;
            let text = post.prose.str(first).trim();
            let is_title = first.kind == BlockKind::Heading(1) && !text.is_empty() && !text.contains([OBJECT, '\n']);
            is_title.then(|| text.to_owned())
        }
        _ => None,
    }
}

/// Finds keys that the generator drops in silence.
pub(super) struct Known {
    pub(super) keys: Keys,
    pub(super) profile: &'static Profile,
}

impl PostMatcher for Known {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        if !self.profile.closed_keys || post.role != Role::Post {
            return;
        }
        let is_known = |name: &str| self.profile.keys.iter().any(|key| key.name == name);
        for (name, key, _) in self.keys.entries(post).filter(|(name, _, _)| !is_known(name)) {
            out.push(Hit { span: key.span, vars: vars([("key", name.to_owned())]), ..Hit::default() });
        }
    }
}

/// Finds keys without a value.
pub(super) struct Filled {
    pub(super) keys: Keys,
}

impl PostMatcher for Filled {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        for (name, key, value) in self.keys.entries(post).filter(|(_, _, value)| is_empty(value)) {
            let span = if value.span.is_empty() { key.span } else { value.span };
            out.push(Hit { span, vars: vars([("key", name.to_owned())]), ..Hit::default() });
        }
    }
}

fn is_empty(value: &Node) -> bool {
    match &value.value {
        Value::Null => true,
        Value::String(scalar) => scalar.text.trim().is_empty(),
        _ => false,
    }
}
