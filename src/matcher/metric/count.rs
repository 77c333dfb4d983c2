//! How much there is of a text: words, whatever the script, and what readers see that is no text.

use crate::post::{BlockKind, Element, Link, LinkKind, OBJECT, Post, TagKind};
use crate::source::Span;

/// So many characters of a script without blanks count as one word. Chinese text has about 1.5 to 2 characters for each word of
/// its English translation.
pub(super) const CHARACTERS_PER_WORD: usize = 2;

/// Elements that show nothing but the text they hold. Any other one, an unknown component among them, shows something.
const TEXTUAL: [&str; 84] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "base",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "menu",
    "meta",
    "nav",
    "nobr",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// What a text amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    /// Words between blanks; inline code and images are words.
    pub spaced: usize,
    /// Characters of scripts that put no blanks between words.
    pub unspaced: usize,
}

impl Amount {
    /// The words of a text, counted until there are `enough`.
    pub(super) fn of(text: &str, enough: usize) -> Self {
        let mut amount = Self::default();
        let mut in_word = false;
        for c in text.chars() {
            if is_unspaced(c) {
                amount.unspaced += 1;
                in_word = false;
            } else if c.is_alphanumeric() || c == OBJECT {
                amount.spaced += usize::from(!in_word);
                in_word = true;
            } else if c.is_whitespace() {
                in_word = false;
            } else {
                continue;
            }
            if amount.words() >= enough && enough > 0 {
                break;
            }
        }
        amount
    }

    /// The words of a post that readers see, counted until there are `enough`.
    pub(super) fn of_post(post: &Post, enough: usize) -> Self {
        let mut amount = Self::default();
        for (_, block) in post.prose.visible_blocks() {
            // One more than is missing: half words of two blocks may round to one.
            let more = Self::of(post.prose.str(block), enough.saturating_sub(amount.words()).saturating_add(1));
            amount.spaced += more.spaced;
            amount.unspaced += more.unspaced;
            if amount.words() >= enough {
                break;
            }
        }
        amount
    }

    /// Words of any script.
    pub(super) fn words(self) -> usize {
        self.spaced + self.unspaced.div_ceil(CHARACTERS_PER_WORD)
    }
}

/// As readers of the text would count it.
impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (number, unit) = if self.unspaced > self.spaced {
            (self.unspaced + self.spaced, "character")
        } else {
            (self.words(), "word")
        };
        write!(f, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

/// Whether `c` belongs to a script that puts no blanks between words: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3041}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}'
        | '\u{0E01}'..='\u{0E4E}'
        | '\u{0E81}'..='\u{0ECD}'
        | '\u{1000}'..='\u{103F}'
        | '\u{1780}'..='\u{17B3}')
}

/// How many images, embeds, template includes, components and blocks of code a post shows.
pub(super) fn media(post: &Post) -> usize {
    let is_own = |span: Span| post.prose.block_of_source(span).is_none_or(|at| !post.prose.blocks[at].set_aside);
    let tags = post.tags.iter().filter(|tag| tag.kind != TagKind::Silent && is_own(tag.span)).count();
    let code = post.prose.blocks.iter().filter(|block| block.kind == BlockKind::Code && !block.hidden).count();
    let is_markdown_image = |link: &&Link| link.image && link.kind != LinkKind::Html && is_own(link.span);
    let images = post.links.iter().filter(is_markdown_image).count();
    let shown = post.markup.elements().filter(|element| shows_more_than_text(post, element) && is_own(element.span()));
    tags + code + images + shown.count()
}

/// Whether an element shows media, a control, or what only a script knows.
fn shows_more_than_text(post: &Post, element: &Element<'_>) -> bool {
    let is_filled_later =
        || element.attribute("id").is_some() && post.source.slice(element.content()).trim().is_empty();
    !TEXTUAL.contains(&element.name()) || is_filled_later()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> (usize, usize) {
        let amount = Amount::of(text, usize::MAX);
        (amount.spaced, amount.unspaced)
    }

    #[test]
    fn half_words_of_blocks_are_not_lost() {
        let text = format!("{}\n\n{}\n", "潮".repeat(53), "水".repeat(117));
        let site = crate::site::Site::of(&crate::site::plain::PLAIN);
        let source = crate::source::Source::from_text("a.md", &text);
        let post = Post::parse(source, &site, crate::site::Role::Post);
        assert!(Amount::of_post(&post, 50).words() >= 50);
    }

    #[test]
    fn words_of_any_script() {
        assert_eq!(amount("Don't stop — it's 3.5 km."), (5, 0));
        assert_eq!(amount("用 Rust 写工具，共3个。"), (2, 6));
        assert_eq!(amount("… —— *"), (0, 0));
        assert_eq!(amount("한국어 문장입니다"), (2, 0));
        assert_eq!(amount(&format!("see {OBJECT} and {OBJECT}")), (4, 0));
    }

    #[test]
    fn amounts_read_like_their_text() {
        assert_eq!(Amount { spaced: 1, unspaced: 0 }.to_string(), "1 word");
        assert_eq!(Amount { spaced: 2, unspaced: 30 }.to_string(), "32 characters");
        assert_eq!(Amount { spaced: 9, unspaced: 2 }.to_string(), "10 words");
    }

    #[test]
    fn counting_stops_when_there_are_enough() {
        assert_eq!(Amount::of("a b c d e", 2).words(), 2);
    }
}
