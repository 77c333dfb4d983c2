//! Two texts side by side, as readers see them, with what they have in common told apart.

use std::ops::Range;

use crate::fingerprint::{Stretches, Words, common_runs};
use crate::post::prose::Outline;
use crate::post::{Block, BlockKind, OBJECT, Prose};
use crate::source::Source;

/// Most characters of a text that are shown.
pub const MOST_CHARACTERS: usize = 4_000;
/// Where so many characters stand before the first common words, they are left out.
const HEAD: usize = 800;
/// Common words weigh at least this much (`Words::weight`): six words, fifteen characters. Fewer are in common by chance.
const LEAST_WEIGHT: u32 = 72;
/// Stands for what is visible and no text.
const PICTURE: &str = "▢";

/// A text that is ready to be held against others.
pub struct Text {
    prose: Prose,
    words: Words,
    stretches: Stretches,
}

/// Two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// Of the post that stays.
    pub kept: Side,
    /// Of its copy.
    pub copy: Side,
}

/// One of two texts, as far as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Its blocks.
    pub blocks: Vec<Shown>,
    /// How many characters before them are left out.
    pub before: usize,
    /// How many characters behind them are left out.
    pub behind: usize,
}

/// A block of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Whether it is a heading.
    pub is_heading: bool,
    /// Its text in pieces, with whether each stands in the other text too.
    pub pieces: Vec<(String, bool)>,
}

impl Text {
    /// The text of a post, unless it is no longer the one that the outline was made of.
    pub fn of(source: &Source, outline: &Outline) -> Option<Self> {
        let prose = outline.unfold(source)?;
        let words = prose.words();
        let stretches = Stretches::of(&words, &|_| true, LEAST_WEIGHT);
        Some(Self { prose, words, stretches })
    }

    /// What of this text stands in the other, as ranges of its prose, in order.
    fn common(&self, other: &Self) -> Vec<Range<usize>> {
        let runs = common_runs((&self.words, &self.stretches), (&other.words, &other.stretches));
        let range = |tokens: Range<u32>| {
            let tokens = &self.words.tokens[tokens.start as usize..tokens.end as usize];
            Some(tokens.first()?.origin as usize..tokens.last()?.origin_end as usize)
        };
        runs.into_iter().filter_map(|run| range(run.a)).collect()
    }

    /// All of it.
    fn whole(&self) -> Vec<Range<usize>> {
        std::iter::once(0..self.prose.text.len()).collect()
    }

    fn side(&self, common: &[Range<usize>]) -> Side {
        let blocks = || self.prose.visible_blocks().map(|(_, block)| block).filter(|block| !block.text.is_empty());
        let length = |block: &Block| self.prose.str(block).chars().count();
        let first = common.first().map_or(0, |common| common.start);
        let head: usize = blocks().take_while(|block| block.range().end <= first).map(length).sum();
        let mut side = Side::default();
        let mut room = MOST_CHARACTERS;
        for block in blocks() {
            let all = length(block);
            if head > HEAD && block.range().end <= first {
                side.before += all;
            } else if room == 0 {
                side.behind += all;
            } else {
                side.blocks.push(self.shown(block, room, common));
                side.behind += all.saturating_sub(room);
                room = room.saturating_sub(all);
            }
        }
        side
    }

    /// At most `room` characters of a block.
    fn shown(&self, block: &Block, room: usize, common: &[Range<usize>]) -> Shown {
        let text = self.prose.str(block);
        let start = block.range().start;
        let end = start + text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
        let first = common.partition_point(|range| range.end <= start);
        let mut pieces = vec![];
        let mut at = start;
        for range in common[first..].iter().take_while(|range| range.start < end) {
            let (from, to) = (range.start.max(at), range.end.min(end));
            pieces.push((self.piece(at..from), false));
            pieces.push((self.piece(from..to), true));
            at = to;
        }
        pieces.push((self.piece(at..end), false));
        pieces.retain(|(text, _)| !text.is_empty());
        Shown { is_heading: matches!(block.kind, BlockKind::Heading(_)), pieces }
    }

    fn piece(&self, range: Range<usize>) -> String {
        let text = self.prose.text.get(range).unwrap_or_default();
        text.replace('\n', " ").replace(OBJECT, PICTURE)
    }
}

impl Sides {
    /// A post that stays, and a copy of it; of texts that say the same, all is common.
    pub fn of(kept: &Text, copy: &Text, is_same: bool) -> Self {
        let common = |one: &Text, other: &Text| if is_same { one.whole() } else { one.common(other) };
        Self { kept: kept.side(&common(kept, copy)), copy: copy.side(&common(copy, kept)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Post;
    use crate::site::plain::PLAIN;
    use crate::site::{Role, Site};

    fn text(markdown: &str) -> Text {
        let post = Post::parse(Source::from_text("a.md", markdown), &Site::of(&PLAIN), Role::Post);
        Text::of(&post.source, &Outline::of(&post.prose)).expect("it is the same source")
    }

    /// The blocks of a side, what is common between brackets.
    fn shown(side: &Side) -> Vec<String> {
        let piece = |(text, is_common): &(String, bool)| if *is_common { format!("[{text}]") } else { text.clone() };
        side.blocks.iter().map(|block| block.pieces.iter().map(piece).collect()).collect()
    }

    #[test]
    fn common_words_are_told_apart() {
        let kept = text("# Ships\n\nThe ferry left before dawn, and *nobody* saw it go. Rain.\n");
        let copy = text("At noon the ferry left before dawn, and nobody saw it go `x`, they say.\n\nRain.\n");
        let sides = Sides::of(&kept, &copy, false);
        assert_eq!(shown(&sides.kept), ["Ships", "[The ferry left before dawn, and nobody saw it go]. Rain."]);
        assert_eq!(
            shown(&sides.copy),
            ["At noon [the ferry left before dawn, and nobody saw it go] ▢, they say.", "Rain."]
        );
        assert_eq!(sides.kept.blocks.iter().map(|block| block.is_heading).collect::<Vec<_>>(), [true, false]);
        let chinese = |tail: &str| text(&format!("港口那天早上很安静，码头上没有人看见渡轮离开。{tail}\n"));
        let sides = Sides::of(&chinese("甲"), &chinese("乙丙"), false);
        assert_eq!(shown(&sides.copy), ["[港口那天早上很安静，码头上没有人看见渡轮离开]。乙丙"]);
    }

    #[test]
    fn of_the_same_text_all_is_common() {
        let short = text("# A\n\nToo short.\n");
        assert_eq!(shown(&Sides::of(&short, &short, true).kept), ["[A]", "[Too short.]"]);
        assert_eq!(shown(&Sides::of(&short, &short, false).kept), ["A", "Too short."]);
    }

    #[test]
    fn long_texts_are_cut_where_nothing_is_common() {
        let words = |from: usize, to: usize| (from..to).map(|at| format!("word{at}")).collect::<Vec<_>>().join(" ");
        let kept = text(&words(0, 2000));
        let copy = text(&format!("{}\n\n{}", words(5000, 5300), words(0, 2000)));
        let sides = Sides::of(&kept, &copy, false);
        let length = |side: &Side| shown(side).concat().chars().filter(|c| !"[]".contains(*c)).count();
        assert_eq!((length(&sides.kept), length(&sides.copy)), (MOST_CHARACTERS, MOST_CHARACTERS));
        assert_eq!((sides.kept.before, sides.copy.before), (0, words(5000, 5300).len()));
        assert_eq!(sides.copy.behind, words(0, 2000).len() - MOST_CHARACTERS);
        assert!(shown(&sides.copy)[0].starts_with("[word0 word1 "));
    }
}
