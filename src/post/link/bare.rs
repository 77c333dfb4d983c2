//! Addresses and wiki links in running text, which Markdown itself leaves alone.

use memchr::memmem;

use super::{Link, LinkKind};
use crate::post::mask::Tag;
use crate::post::prose::{OBJECT, Prose};
use crate::source::Span;

/// Schemes that are linked without being asked.
const SCHEMES: &[&str] = &["http", "https", "ftp"];

/// Punctuation that no one puts into an address unescaped, though automatic linking goes on through it.
const WIDE_PUNCTUATION: &[char] = &[
    '，', '。', '、', '；', '：', '！', '？', '…', '（', '）', '「', '」', '『', '』', '【', '】', '《', '》', '〈',
    '〉', '“', '”', '‘', '’', '｜', '～', '—',
];

/// Nobody writes a longer address by hand; beyond it, two addresses are told apart no more.
const LONGEST_ADDRESS: usize = 4096;

/// The length of `https` with its colon.
const LONGEST_SCHEME: usize = 6;

/// The longest name of a wiki page that is looked for.
const LONGEST_PAGE: usize = 200;

/// Files that a wiki shows as images.
const IMAGES: &[&str] = &["avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// The bare addresses and wiki links in `prose` that stand in none of `links`, which are sorted.
pub(super) fn links(text: &str, links: &[Link], prose: &Prose, tags: &[Tag]) -> Vec<Link> {
    let mut finder = Finder { text, links, next: 0, linked_until: 0, prose, tags, segment: 0 };
    let mut starts: Vec<(usize, bool)> = Vec::new();
    let words = prose.text.as_str();
    starts
        .extend(memmem::find_iter(words.as_bytes(), b"://").filter_map(|at| Some((scheme_before(words, at)?, false))));
    starts
        .extend(memmem::find_iter(words.as_bytes(), b"www.").filter(|at| may_begin(words, *at)).map(|at| (at, false)));
    starts.extend(memmem::find_iter(words.as_bytes(), b"[[").map(|at| (at, true)));
    starts.sort_unstable();
    let mut end = 0;
    let mut found = Vec::new();
    for (start, is_wiki) in starts {
        if start < end {
            continue;
        }
        let link = if is_wiki { finder.wiki(start) } else { finder.address(start) };
        if let Some((link, past)) = link {
            end = past;
            found.push(link);
        }
    }
    found
}

/// Where the scheme begins that ends at `at`.
fn scheme_before(words: &str, at: usize) -> Option<usize> {
    let bytes = &words.as_bytes()[..at];
    let letters = bytes.iter().rev().take(6).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let scheme = &words[at - letters..at];
    SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)).then_some(at - letters)
}

/// Whether `www.` may begin an address here: not inside a word or another address.
fn may_begin(words: &str, at: usize) -> bool {
    let before = words[..at].chars().next_back();
    before.is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '/' | '.' | '-' | '@' | ':'))
}

/// An address without the punctuation at its end that belongs to the sentence, as GitHub's Markdown has it.
fn trimmed(address: &str) -> &str {
    let count = |c: char| address.matches(c).count();
    let mut unopened = count(')').saturating_sub(count('('));
    address.trim_end_matches(|c| match c {
        ')' if unopened > 0 => {
            unopened -= 1;
            true
        }
        _ => matches!(c, '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"'),
    })
}

/// Where the first Chinese, Japanese or Korean letter stands right behind a Latin letter or digit.
fn glued(address: &str) -> Option<usize> {
    let mut before = '/';
    address.char_indices().find_map(|(at, c)| {
        let is_glued = c >= '\u{2E80}' && c != OBJECT && before.is_ascii_alphanumeric();
        before = c;
        is_glued.then_some(at)
    })
}

fn has_image_extension(page: &str) -> bool {
    let extension = page.trim().rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| IMAGES.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

struct Finder<'a> {
    text: &'a str,
    links: &'a [Link],
    next: usize,
    linked_until: u32,
    prose: &'a Prose,
    tags: &'a [Tag],
    segment: usize,
}

impl Finder<'_> {
    /// The address that begins at `start` of the prose, and where it ends.
    fn address(&mut self, start: usize) -> Option<(Link, usize)> {
        // What is cheap to refuse is refused before the end is looked for: a million `http://-` share one line.
        let rest = &self.prose.text[start..];
        let host =
            rest.get(rest.bytes().take(LONGEST_SCHEME).position(|byte| byte == b':').map_or(0, |at| at + 3)..)?;
        if !host.starts_with(|c: char| c.is_alphanumeric() || c == '[' || c == OBJECT)
            || self.is_linked(self.prose.source_span(start..start + 1))
        {
            return None;
        }
        let words = &self.prose.text[start..self.limit(start)];
        let stops = |at: usize, c: char| c.is_whitespace() || c == '<' || c == OBJECT && !self.is_tag(start + at);
        let end = words.char_indices().find(|(at, c)| stops(*at, *c)).map_or(words.len(), |(at, _)| at);
        let swallowing = trimmed(&words[..end]);
        let kept = trimmed(&swallowing[..swallowing.find(WIDE_PUNCTUATION).unwrap_or(swallowing.len())]);
        if !kept.contains("://") && !kept.contains('.') {
            return None;
        }
        let target = self.prose.source_span(start..start + kept.len());
        let sentence = glued(kept).unwrap_or(kept.len());
        let swallowed = self.prose.source_span(start + sentence..start + swallowing.len());
        let swallowed =
            if sentence < swallowing.len() { swallowed } else { Span { start: target.end, end: target.end } };
        let url = if kept.contains(OBJECT) { self.text[target.range()].to_owned() } else { kept.to_owned() };
        let link = Link { kind: LinkKind::Bare, span: target, target, url, swallowed, ..Link::default() };
        Some((link, start + kept.len()))
    }

    /// `[[page]]` or `[[page|text]]`.
    fn wiki(&mut self, start: usize) -> Option<(Link, usize)> {
        let words = &self.prose.text[start..];
        let near = &words[2..words.floor_char_boundary(LONGEST_PAGE.min(words.len())).max(2)];
        let line = near.split('\n').next().unwrap_or_default();
        let inside = &line[..line.find("]]")?];
        let page = inside.split('|').next().unwrap_or_default();
        let is_page = !page.is_empty() && !page.starts_with([' ', '[', '!', '-']) && !page.contains(['[', ']', OBJECT]);
        let end = start + inside.len() + 4;
        let goes_on = self.prose.text[end..].starts_with(['(', '[', ']']);
        let before = self.prose.text[..start].chars().next_back();
        let is_index = before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '[' | ']'));
        let span = self.prose.source_span(start..end);
        let is_plain = span.len() == end - start;
        if !is_page || goes_on || is_index || !is_plain || self.is_linked(span) {
            return None;
        }
        let target = self.prose.source_span(start + 2..start + 2 + page.len());
        // `![[sea.png]]` shows it.
        let image = before == Some('!') && has_image_extension(page) && self.text[..span.range().start].ends_with('!');
        let span = if image { Span { start: span.start - 1, ..span } } else { span };
        let link = Link { kind: LinkKind::Wiki, image, span, target, url: page.trim().to_owned(), ..Link::default() };
        Some((link, end))
    }

    /// Whether the object at `at` of the prose is a template tag.
    fn is_tag(&self, at: usize) -> bool {
        let span = self.prose.source_span(at..at + OBJECT.len_utf8());
        self.tags.binary_search_by_key(&span.start, |tag| tag.span.start).is_ok()
    }

    /// How far the prose goes on from `start` without a gap in the source: markup ends an address.
    fn limit(&mut self, start: usize) -> usize {
        let segments = &self.prose.segments;
        while segments.get(self.segment).is_some_and(|segment| (segment.text + segment.text_len) as usize <= start) {
            self.segment += 1;
        }
        let mut last = self.segment;
        let most = start + LONGEST_ADDRESS;
        while let (Some(this), Some(next)) = (segments.get(last), segments.get(last + 1)) {
            let gap = self.prose.text.as_bytes()[(this.text + this.text_len) as usize - 1];
            if this.source.end != next.source.start
                || this.text + this.text_len != next.text
                || gap == b'\n'
                || next.text as usize > most
            {
                break;
            }
            last += 1;
        }
        let end =
            segments.get(last).map_or(self.prose.text.len(), |segment| (segment.text + segment.text_len) as usize);
        self.prose.text.floor_char_boundary(end.min(most)).max(start)
    }

    fn is_linked(&mut self, span: Span) -> bool {
        while let Some(link) = self.links.get(self.next).filter(|link| link.span.start <= span.start) {
            self.linked_until = self.linked_until.max(link.span.end);
            self.next += 1;
        }
        span.start < self.linked_until
    }
}
