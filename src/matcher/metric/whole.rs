//! Quantities of a post as a whole.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::count::{self, Amount};
use super::{Context, Limit, SpecError};
use crate::matcher::{Hit, PostMatcher};
use crate::post::{BlockKind, Post};
use crate::site::Site;
use crate::source::Span;
use crate::spanned::{Node, Value};

/// Keys whose lists of records say something about the post and are not its content.
const RECORDS_ABOUT_POSTS: [&str; 7] = ["author", "authors", "menu", "menus", "head", "tags", "categories"];

/// What to measure of a post. Drafts are not measured.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Whole {
    /// Words that readers see; two characters of a script without blanks (Chinese, Japanese, Thai) count as one.
    #[serde(default)]
    pub words: Option<Limit>,
    /// Blocks of running text.
    #[serde(default)]
    pub paragraphs: Option<Limit>,
    /// Headings.
    #[serde(default)]
    pub headings: Option<Limit>,
    /// Images, embeds, template includes, components and blocks of code.
    #[serde(default)]
    pub media: Option<Limit>,
    /// Posts with one of these keys in their front matter, filled and not `false`, get their content elsewhere.
    #[serde(default)]
    pub without_keys: Vec<String>,
    /// Posts with another `layout` or `template` get their content from it. All are measured when empty.
    #[serde(default)]
    pub layouts: Vec<String>,
}

impl Whole {
    pub(super) fn build(&self, context: &Context) -> Result<Posts, SpecError> {
        super::limits(&[self.words, self.paragraphs, self.headings, self.media])?;
        Ok(Posts { spec: self.clone(), site: context.site })
    }
}

pub(super) struct Posts {
    spec: Whole,
    site: Site,
}

impl PostMatcher for Posts {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let spec = &self.spec;
        let amount = Amount::of_post(post, spec.words.map_or(usize::MAX, Limit::enough));
        let holds = |limit: Option<Limit>, quantity: &dyn Fn() -> usize| limit.is_none_or(|l| l.holds(quantity()));
        let is_hit = holds(spec.words, &|| amount.words())
            && holds(spec.paragraphs, &|| blocks(post, |kind| kind == BlockKind::Paragraph))
            && holds(spec.headings, &|| blocks(post, |kind| matches!(kind, BlockKind::Heading(_))))
            && holds(spec.media, &|| count::media(post));
        if is_hit && !self.is_exempt(post) {
            let vars = vec![(Cow::Borrowed("amount"), amount.to_string())];
            out.push(Hit { span: place(post), vars, ..Hit::default() });
        }
    }
}

impl Posts {
    /// Whether the post is a draft, or its content comes from elsewhere.
    fn is_exempt(&self, post: &Post) -> bool {
        let root = &post.front.root;
        let is_draft = root.get("draft").is_some_and(is_on)
            || root.get("published").is_some_and(|node| node.value == Value::Bool(false))
            || self.site.is_draft(&post.source.path);
        is_draft
            || root.entries().iter().any(|(key, value)| is_data(key, value))
            || self.spec.without_keys.iter().any(|key| key_of(root, key).is_some_and(is_on))
            || ["layout", "template"].iter().filter_map(|key| root.get(key)?.as_str()).any(|name| !self.is_plain(name))
    }

    fn is_plain(&self, layout: &str) -> bool {
        let name = layout.rsplit('/').next().unwrap_or(layout);
        let stem = name.split('.').next().unwrap_or(name).to_lowercase();
        self.spec.layouts.is_empty() || stem.is_empty() || self.spec.layouts.contains(&stem)
    }
}

/// Whether an entry holds a list of records, from which a layout makes the page: a programme, a gallery.
fn is_data(key: &Node, value: &Node) -> bool {
    let is_list = value.items().iter().any(|item| !item.entries().is_empty());
    is_list && !key.as_str().is_some_and(|key| RECORDS_ABOUT_POSTS.contains(&key))
}

/// The value of a key at the top level, in Zola's `extra` or in Hugo's `params`, however it is spelled: `external_url`,
/// `external-url`, `externalUrl`.
fn key_of<'a>(root: &'a Node, key: &str) -> Option<&'a Node> {
    let plain = |name: &str| name.to_lowercase().replace(['_', '-'], "");
    let wanted = plain(key);
    let places = [Some(root), root.get("extra"), root.get("params")];
    let mut entries = places.into_iter().flatten().flat_map(Node::entries);
    entries.find(|(name, _)| name.as_str().is_some_and(|name| plain(name) == wanted)).map(|(_, value)| value)
}

fn is_on(node: &Node) -> bool {
    match &node.value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.text.trim().is_empty() && text.text != "false",
        Value::Sequence(items) => !items.is_empty(),
        Value::Mapping(entries) => !entries.is_empty(),
        _ => true,
    }
}

fn blocks(post: &Post, wanted: impl Fn(BlockKind) -> bool) -> usize {
    post.prose.visible_blocks().filter(|(_, block)| wanted(block.kind)).count()
}

/// Where a quantity of a post is shown: its first block, or else its title, or else its first line.
fn place(post: &Post) -> Span {
    let first = post.prose.visible_blocks().next().map(|(_, block)| block.span);
    let title = || post.front.root.get("title").map(|node| node.span).filter(|span| !span.is_empty());
    let fence = || Some(post.front.fence).filter(|span| !span.is_empty());
    first.or_else(title).or_else(fence).unwrap_or(Span::at(post.body.range().start))
}
