//! Text that was decoded in an encoding it was not written in. Each candidate is decoded anew, and told only when the
//! result is plainly better: a wrong repair costs more than a missed one.

use aho_corasick::AhoCorasick;
use encoding_rs::{Encoding, GBK, SHIFT_JIS};
use schemars::JsonSchema;
use serde::Deserialize;

use super::decoding::{Latin, Repair, backward, forward};
use super::{MOST_HITS, excerpt, vars};
use crate::matcher::{Hit, PostMatcher};
use crate::post::{Block, Post};

/// Nothing to set.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Misread {}

/// Characters that double-byte encodings show for the first bytes of common UTF-8 characters, and that hardly any text
/// has by itself: of “ ” ’ —, of 、。「」, of ，：；（）, of U+FFFD, and of kana.
const TRIGGERS: [(&str, &Encoding); 7] =
    [("鈥", GBK), ("銆", GBK), ("锛", GBK), ("锟", GBK), ("縺", SHIFT_JIS), ("繧", SHIFT_JIS), ("繝", SHIFT_JIS)];

/// So many characters of one script in a row are no accident.
const RUN: usize = 3;

/// So many lost characters in a row are no mention of them.
const LOST: usize = 4;

pub(super) struct Matcher {
    latin: Latin,
    triggers: AhoCorasick,
}

impl Matcher {
    pub(super) fn new() -> Self {
        let triggers = AhoCorasick::new(TRIGGERS.iter().map(|(trigger, _)| trigger));
        Self { latin: Latin::new(), triggers: triggers.expect("a few characters make a small automaton") }
    }
}

/// A stretch of a block, the name of the encoding it was read in, and what it was meant to be.
type Found = (std::ops::Range<usize>, &'static str, String);

impl PostMatcher for Matcher {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        for (_, block) in post.prose.visible_blocks() {
            let text = post.prose.str(block);
            let mut found = vec![];
            self.search_latin(text, &mut found);
            self.search_double_byte(text, &mut found);
            found.sort_by_key(|(range, ..)| range.start);
            add(post, block, found, out);
        }
    }
}

fn add(post: &Post, block: &Block, found: Vec<Found>, out: &mut Vec<Hit>) {
    let (start, text) = (block.range().start, post.prose.str(block));
    for (range, encoding, repair) in found.into_iter().take(MOST_HITS.saturating_sub(out.len())) {
        // A text about such accidents quotes them.
        if is_quoted(&text[..range.start], &text[range.end..]) {
            continue;
        }
        let excerpt = excerpt(text, (range.start, range.end), &text[range.clone()]);
        let span = post.prose.source_span(start + range.start..start + range.end);
        let vars = vars([("encoding", encoding.to_owned()), ("repair", repair), ("excerpt", excerpt)]);
        out.push(Hit { span, vars, ..Hit::default() });
    }
}

fn is_quoted(before: &str, behind: &str) -> bool {
    let opens = |c: char| matches!(c, '"' | '\'' | '“' | '‘' | '「' | '『' | '«' | '(' | '（');
    let closes = |c: char| matches!(c, '"' | '\'' | '”' | '’' | '」' | '』' | '»' | ')' | '）');
    before.chars().next_back().is_some_and(opens) && behind.chars().next().is_some_and(closes)
}

impl Matcher {
    /// UTF-8 read as windows-1252. Its characters begin with one of `Â` to `ô`, all of which UTF-8 begins with 0xC3.
    fn search_latin(&self, text: &str, found: &mut Vec<Found>) {
        let mut end = 0;
        for start in memchr::memchr_iter(0xC3, text.as_bytes()) {
            if start < end || found.len() == MOST_HITS {
                continue;
            }
            let mut repair = String::new();
            end = start;
            while let Some((c, len)) = self.latin.character(&text[end..]) {
                repair.push(c);
                end += len;
            }
            let beside = (text[..start].chars().next_back(), text[end..].chars().next());
            if is_better(&repair, &text[start..end], beside) {
                found.push((start..end, "windows-1252", repair));
            }
        }
    }

    /// UTF-8 read as GBK or Shift_JIS.
    fn search_double_byte(&self, text: &str, found: &mut Vec<Found>) {
        let mut end = 0;
        for trigger in self.triggers.find_iter(text) {
            if trigger.start() < end || found.len() == MOST_HITS {
                continue;
            }
            let encoding = TRIGGERS[trigger.pattern().as_usize()].1;
            let Some(mut repair) = forward(encoding, &text[trigger.start()..]) else { continue };
            if !is_plausible(&repair, encoding) {
                continue;
            }
            let mut start = trigger.start();
            if let Some(before) = backward(encoding, &text[end..start]) {
                start -= before.len;
                repair.text.insert_str(0, &before.text);
            }
            end = trigger.start() + repair.len;
            found.push((start..end, encoding.name(), repair.text));
        }
    }
}

/// Whether text from a trigger on is more likely after the repair. Punctuation comes first, and is enough by itself where
/// nothing is left over; kana are letters, and one letter proves nothing.
fn is_plausible(repair: &Repair, encoding: &'static Encoding) -> bool {
    let text = &repair.text;
    if text.starts_with(char::REPLACEMENT_CHARACTER) {
        // One word of the kind is a word for the thing.
        return text.chars().take_while(|c| *c == char::REPLACEMENT_CHARACTER).count() >= LOST;
    }
    let decoded = text.chars().filter(|c| !c.is_ascii()).count();
    let is_mark = |c: char| is_strong(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF3F}');
    decoded >= RUN || encoding == GBK && (decoded > 1 || repair.is_whole) && text.starts_with(is_mark)
}

/// Whether the characters that `written` is shown for are what its author meant. `beside` stand before and behind it.
fn is_better(repair: &str, written: &str, beside: (Option<char>, Option<char>)) -> bool {
    let Some(first) = repair.chars().next() else { return false };
    if repair.chars().count() >= RUN && repair.chars().all(|c| is_letter_of_others(c) || is_strong(c)) {
        return true;
    }
    // Dashes stand between blanks, emoji anywhere; other signs beside a word, or the text is about such accidents.
    let is_free = matches!(first, '\u{2013}'..='\u{2014}' | '\u{1F300}'..='\u{1FAFF}');
    let is_at_word = || [beside.0, beside.1].into_iter().flatten().any(|c| c.is_alphanumeric() || c == '.');
    is_latin(first, written, beside) || repair.chars().any(is_strong) && (is_free || is_at_word())
}

/// Characters that three or four shown ones in a row stand for, and nothing else: punctuation, signs, emoji.
fn is_strong(c: char) -> bool {
    matches!(c,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203A}' | '\u{20AC}' | '\u{2122}' | '\u{3001}'..='\u{3011}'
        | '\u{FEFF}' | '\u{FF01}'..='\u{FF5E}' | '\u{FFFD}' | '\u{1F300}'..='\u{1FAFF}')
}

/// Letters outside Latin-1, told only in a run.
fn is_letter_of_others(c: char) -> bool {
    matches!(c,
        '\u{100}'..='\u{24F}' | '\u{370}'..='\u{52F}' | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{6D3}'
        | '\u{900}'..='\u{97F}' | '\u{E00}'..='\u{E7F}' | '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}')
}

/// Letters and signs of Latin-1, shown as `Ã` or `Â` and one more. Letters stand in words; alone they are what a text about
/// encodings shows. Portuguese words in capitals have those letters too, before a dash, a closing quotation mark or a
/// no-break space: there the letter beside must be a small one.
fn is_latin(c: char, written: &str, (before, behind): (Option<char>, Option<char>)) -> bool {
    let follower = written.chars().nth(1).unwrap_or_default();
    match c {
        '\u{C0}'..='\u{FF}' => {
            let is_certain = follower.is_alphanumeric() || is_sign(follower);
            let fits = |c: char| if is_certain { c.is_alphabetic() } else { c.is_lowercase() };
            before.is_some_and(fits) || behind.is_some_and(fits)
        }
        '\u{A0}' => before.is_some_and(|c| c.is_ascii() && !c.is_ascii_whitespace() && !c.is_ascii_uppercase()),
        '£' | '§' | '©' | '®' | '°' | '±' | '²' | '³' | '·' | '½' => true,
        _ => false,
    }
}

/// Signs that follow no letter in a text.
fn is_sign(c: char) -> bool {
    matches!(c, '¡'..='ª' | '¬' | '®'..='¶' | '¸'..='¹' | '¼'..='¿' | '‰' | '†' | '‡')
}
