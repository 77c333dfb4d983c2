//! What the corpus keeps of one post after the post itself is dropped.

use std::sync::Arc;

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::link::{LinkFacts, Linking};
use super::recurrence;
use super::variant::Variant;
use crate::fingerprint::{Sketch, WordBlock, Words, mix, of_text, packed};
use crate::post::prose::Outline;
use crate::post::{Language, Post};
use crate::site::{Role, Site, date, file_name};
use crate::source::{Source, Span};
use crate::spanned::{Node, Value};

/// How many words of eight bytes are hashed side by side.
const LANES: usize = 4;

/// Any odd number with well mixed bits.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Keys of front matter whose values sort posts into groups.
pub const TAXONOMIES: [&str; 4] = ["tags", "categories", "tag", "category"];

/// Keys whose value is the day of the post, in order of trust.
const DATES: [&str; 4] = ["date", "publishDate", "pubDate", "pubDatetime"];

/// Keys that name the canonical address of a post.
const CANONICAL: [&str; 3] = ["canonical_url", "canonicalURL", "canonical"];

/// What is kept of one post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Facts {
    /// The post's path. Not kept with the others: whoever reads them again knows it.
    #[serde(skip)]
    pub path: Arc<str>,
    /// Article or page.
    pub role: Role,
    /// The language most of it is in.
    pub language: Language,
    /// Top-level keys of the front matter, in order.
    pub keys: Vec<(String, Span)>,
    /// Terms that sort the post into groups, in order.
    pub terms: Vec<Term>,
    /// The title in the front matter.
    pub title: Option<Title>,
    /// The day in the front matter, else in the file's name.
    pub date: Option<civil::Date>,
    /// The address that the front matter names as the canonical one.
    pub canonical: Option<Box<str>>,
    /// Whether the generator leaves it out: a draft by its place or by its front matter.
    pub is_draft: bool,
    /// Which variant of a post it is: its language, its version.
    pub variant: Variant,
    /// What stands for the post as a whole: the title's value, else its first line of text, else its first line.
    pub lead: Span,
    /// What texts are compared by; `None` where no one compares them.
    pub text: Option<TextFacts>,
    /// Where the page is, and where it leads; `None` where no one asks.
    pub links: Option<LinkFacts>,
}

/// What facts are wanted for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Whether texts are compared.
    pub texts: bool,
    /// With what links are resolved, if they are.
    pub links: Option<Linking>,
}

impl Wanted {
    /// The same, whatever the time of the run.
    #[must_use]
    pub fn without_time(&self) -> Self {
        let links = self.links.clone().map(|links| Linking { now: jiff::Timestamp::UNIX_EPOCH, ..links });
        Self { links, ..*self }
    }
}

/// A key of front matter that sorts posts into groups.
pub(super) type Taxonomy = &'static str;

/// A tag or category of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The key it stands under.
    #[serde(with = "taxonomy")]
    pub taxonomy: Taxonomy,
    /// The term as written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The title of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// As written.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
}

/// What is kept of a post's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFacts {
    /// Hash of the source's text, to tell whether it changed since.
    pub source: u64,
    /// Hash of the source's text and of its outline: of two texts by which they are told apart for good.
    pub identity: [u8; 16],
    /// Hash of the words in their normal form, all visible blocks.
    pub normal: [u8; 16],
    /// Hash of what is shown or linked but is no text: code, and the addresses of links and images.
    pub objects: u64,
    /// Weight of all words (`Words::weight`).
    pub weight: u32,
    /// For each block with words: its hash.
    #[serde(with = "packed")]
    pub blocks: Box<[u64]>,
    /// For each of them: its weight, at most 65,535.
    #[serde(with = "packed")]
    pub weights: Box<[u16]>,
    /// The sketch of all blocks.
    pub sketch: Sketch,
    /// Where the visible text stands in the source.
    pub outline: Outline,
}

/// A taxonomy is kept by its name.
mod taxonomy {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(name: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(name)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
        let name = <&str>::deserialize(deserializer)?;
        super::TAXONOMIES.into_iter().find(|known| *known == name).ok_or_else(|| D::Error::custom("no taxonomy"))
    }
}

impl Facts {
    /// The facts of a post that are wanted.
    pub fn of(post: &Post, site: &Site, wanted: &Wanted) -> Self {
        let root = &post.front.root;
        let keys = root.entries().iter().filter_map(|(key, _)| Some((key.as_str()?.to_owned(), key.span))).collect();
        let path = post.source.path.clone();
        let is_set = |key: &str, to: bool| root.get(key).is_some_and(|node| node.value == Value::Bool(to));
        Self {
            is_draft: site.is_draft(&path) || is_set("draft", true) || is_set("published", false),
            variant: Variant::of(&path, root),
            path,
            role: post.role,
            language: post.language,
            keys,
            terms: terms(root),
            title: title(post),
            date: date(post, site),
            canonical: CANONICAL.iter().find_map(|key| Some(root.get(key)?.as_str()?.into())),
            lead: lead(post),
            text: wanted.texts.then(|| TextFacts::of(post)),
            links: wanted.links.as_ref().map(|linking| LinkFacts::of(post, linking)),
        }
    }
}

impl TextFacts {
    /// What is kept of the text of a post.
    pub fn of(post: &Post) -> Self {
        let words = post.words();
        let outline = Outline::of(&post.prose);
        let source = post.source.text.as_bytes();
        let block_weight =
            |block: &WordBlock| u16::try_from(Words::weight(&words.tokens[block.range()])).unwrap_or(u16::MAX);
        Self {
            source: hash_of(&post.source),
            identity: digest(*blake3::Hasher::new().update(source).update(outline.as_bytes()).finalize().as_bytes()),
            normal: digest(*blake3::hash(words.text.as_bytes()).as_bytes()),
            objects: objects(post),
            weight: Words::weight(&words.tokens),
            blocks: words.blocks.iter().map(|block| recurrence::key(words, block)).collect(),
            weights: words.blocks.iter().map(block_weight).collect(),
            sketch: post.sketch().clone(),
            outline,
        }
    }
}

/// The hash by which a source is recognised when its text is read again: fast, and no more than that.
pub(super) fn hash_of(source: &Source) -> u64 {
    let (blocks, rest) = source.text.as_bytes().as_chunks::<{ 8 * LANES }>();
    let step = |hash: u64, word: u64| (hash ^ word).wrapping_mul(FACTOR).rotate_left(29);
    // Several at once, because each step of one waits for the step before it.
    let mut lanes = [source.text.len() as u64; LANES];
    for block in blocks {
        let words = block.as_chunks().0.iter().copied().map(u64::from_le_bytes);
        lanes.iter_mut().zip(words).for_each(|(lane, word)| *lane = step(*lane, word));
    }
    let hash = lanes.into_iter().fold(0, step);
    mix(rest.iter().fold(hash, |hash, byte| step(hash, u64::from(*byte))))
}

fn digest(hash: [u8; 32]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&hash[..16]);
    short
}

/// A hash of what is shown or linked but is no text, whatever its order: lines of code, addresses.
fn objects(post: &Post) -> u64 {
    let addresses = post.links.iter().map(|link| of_text(&link.url));
    let mut all: Vec<u64> = post.prose.code(&post.source).into_iter().chain(addresses).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().fold(0, |hash, one| mix(hash ^ one))
}

fn title(post: &Post) -> Option<Title> {
    let node = post.front.root.get("title")?;
    let text = node.as_str().filter(|text| !text.trim().is_empty())?;
    Some(Title { text: text.into(), span: node.span })
}

fn date(post: &Post, site: &Site) -> Option<civil::Date> {
    let written = DATES.iter().find_map(|key| {
        let node = post.front.root.get(key)?;
        let text = node.as_str().unwrap_or_else(|| post.source.slice(node.span));
        date::parse(text, site.profile.dates).ok()?.civil
    });
    written.or_else(|| file_name::parse(&post.source.path, site.file_name(&post.source.path)).date)
}

/// The place that stands for the whole post.
fn lead(post: &Post) -> Span {
    if let Some(title) = title(post) {
        return title.span;
    }
    let first = post.prose.visible_blocks().find_map(|(_, block)| post.prose.lines(block).next());
    first.map_or(Span::at(0), |(range, _)| post.prose.source_span(range))
}

/// The terms at the top level, and under Zola's `taxonomies`.
fn terms(root: &Node) -> Vec<Term> {
    let places = [Some(root), root.get("taxonomies")];
    let mut terms = vec![];
    for (taxonomy, place) in places.into_iter().flatten().flat_map(|place| TAXONOMIES.map(|taxonomy| (taxonomy, place)))
    {
        let Some(value) = place.get(taxonomy) else { continue };
        let items = if matches!(value.value, Value::String(_)) { std::slice::from_ref(value) } else { value.items() };
        for (text, span) in items.iter().filter_map(|item| Some((item.as_str()?, item.span))) {
            terms.push(Term { taxonomy, text: text.to_owned(), span });
        }
    }
    terms
}
