//! Eighteen ways in which a post becomes a copy of another.

use super::grammar::{Language, Voice};
use super::random::Random;
use super::text::{Markup, Paragraph, Text};

/// What was done to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Edit {
    /// Nothing: it stands on another site.
    Repost,
    /// Sentences were added, so many per cent of the text.
    Insert(usize),
    /// Sentences were left out.
    Delete(usize),
    /// Sentences were replaced by others.
    Replace(usize),
    /// Characters (in English: words) were mistyped.
    Typos(usize),
    /// Paragraphs (of a single one: sentences) stand in another order.
    Reorder,
    /// Only the first so many per cent are left.
    Truncate(usize),
    /// Full width became half width and the other way round, other quotes, other dashes.
    Width,
    /// The same words in other markup.
    Markup,
    /// A paragraph before and one behind, a tenth of the text each.
    Frame,
}

/// All edits.
pub const EDITS: [Edit; 18] = [
    Edit::Repost,
    Edit::Insert(5),
    Edit::Insert(10),
    Edit::Insert(20),
    Edit::Delete(5),
    Edit::Delete(10),
    Edit::Delete(20),
    Edit::Delete(30),
    Edit::Replace(5),
    Edit::Replace(10),
    Edit::Replace(20),
    Edit::Replace(30),
    Edit::Typos(2),
    Edit::Reorder,
    Edit::Truncate(60),
    Edit::Width,
    Edit::Markup,
    Edit::Frame,
];

impl Edit {
    pub fn name(self) -> String {
        match self {
            Edit::Repost => "re-posted on another site".into(),
            Edit::Insert(share) => format!("{share} % inserted"),
            Edit::Delete(share) => format!("{share} % deleted"),
            Edit::Replace(share) => format!("{share} % replaced"),
            Edit::Typos(share) => format!("{share} % mistyped"),
            Edit::Reorder => "paragraphs reordered".into(),
            Edit::Truncate(share) => format!("cut to {share} %"),
            Edit::Width => "other width and punctuation".into(),
            Edit::Markup => "other markup".into(),
            Edit::Frame => "introduction and ending added".into(),
        }
    }

    /// A copy, or an edit of a tenth at most: what must be found.
    pub fn is_small(self) -> bool {
        match self {
            Edit::Repost | Edit::Width | Edit::Markup | Edit::Typos(_) | Edit::Reorder => true,
            Edit::Insert(share) | Edit::Delete(share) | Edit::Replace(share) => share <= 10,
            Edit::Truncate(_) | Edit::Frame => false,
        }
    }

    /// The text after the edit, and how it is written down.
    pub fn apply(self, original: &Text, voice: &Voice, random: &mut Random) -> (Text, Markup) {
        let mut text = original.clone();
        let units = text.units();
        let share = |per_cent: usize| (units * per_cent).div_ceil(100);
        match self {
            Edit::Repost => {}
            Edit::Insert(per_cent) => insert(&mut text, share(per_cent), voice, random),
            Edit::Delete(per_cent) => remove(&mut text, share(per_cent), None, random),
            Edit::Replace(per_cent) => remove(&mut text, share(per_cent), Some(voice), random),
            Edit::Typos(per_cent) => mistype(&mut text, share(per_cent), voice, random),
            Edit::Reorder => reorder(&mut text, random),
            Edit::Truncate(per_cent) => truncate(&mut text, share(per_cent)),
            Edit::Width => {
                for paragraph in &mut text.paragraphs {
                    paragraph.sentences.iter_mut().for_each(|sentence| *sentence = other_width(sentence));
                }
            }
            Edit::Markup => return (text, *random.pick(&[Markup::Html, Markup::Lists, Markup::Lines])),
            Edit::Frame => {
                for at in [0, text.paragraphs.len() + 1] {
                    let sentences = vec![piece(voice, share(10), random)];
                    text.paragraphs.insert(at, Paragraph { heading: None, sentences });
                }
            }
        }
        (text, Markup::Plain)
    }
}

/// New text of so many characters or words.
fn piece(voice: &Voice, units: usize, random: &mut Random) -> String {
    let mut piece = String::new();
    while voice.language.units(&piece) < units {
        if !piece.is_empty() {
            piece += voice.language.gap();
        }
        piece += &voice.sentence(random);
    }
    let end = voice.language.bounds(&piece)[units];
    piece[..end].trim_end().to_owned()
}

/// Adds whole sentences while there is room for one, then a part of one inside another.
fn insert(text: &mut Text, mut units: usize, voice: &Voice, random: &mut Random) {
    let mut misses = 0;
    while units > 0 && misses < 8 {
        let sentence = voice.sentence(random);
        let more = text.language.units(&sentence);
        if more > units {
            misses += 1;
            continue;
        }
        units -= more;
        let paragraph = random.below(text.paragraphs.len());
        let sentences = &mut text.paragraphs[paragraph].sentences;
        sentences.insert(random.below(sentences.len() + 1), sentence);
    }
    if units > 0 {
        let new = piece(voice, units, random);
        edit_inside(text, 0, Some(&new), random);
    }
}

/// Leaves out whole sentences while one is not too long, then a part of one; with a voice, puts new text in their place.
fn remove(text: &mut Text, mut units: usize, voice: Option<&Voice>, random: &mut Random) {
    let language = text.language;
    let mut places: Vec<(usize, usize)> = vec![];
    for (number, paragraph) in text.paragraphs.iter().enumerate() {
        places.extend((0..paragraph.sentences.len()).map(|sentence| (number, sentence)));
    }
    random.shuffle(&mut places);
    for (paragraph, sentence) in places {
        let place = &mut text.paragraphs[paragraph].sentences[sentence];
        let length = language.units(place);
        if length <= units {
            units -= length;
            *place = voice.map_or(String::new(), |voice| piece(voice, length, random));
        }
    }
    text.paragraphs.iter_mut().for_each(|paragraph| paragraph.sentences.retain(|sentence| !sentence.is_empty()));
    text.paragraphs.retain(|paragraph| !paragraph.sentences.is_empty());
    if units > 0 {
        let new = voice.map(|voice| piece(voice, units, random));
        edit_inside(text, units, new.as_deref(), random);
    }
}

/// Takes so many units out of the longest sentence, and puts new text there.
fn edit_inside(text: &mut Text, units: usize, new: Option<&str>, random: &mut Random) {
    let language = text.language;
    let all = text.paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.sentences);
    let Some(sentence) = all.max_by_key(|sentence| language.units(sentence)) else { return };
    let bounds = language.bounds(sentence);
    let units = units.min(bounds.len().saturating_sub(3));
    let at = random.between(1, bounds.len() - 1 - units);
    let mut edited = sentence[..bounds[at]].to_owned();
    if let Some(new) = new {
        edited += new;
        edited += language.gap();
    }
    edited += &sentence[bounds[at + units]..];
    *sentence = edited;
}

/// Mistypes so many units, each in another place.
fn mistype(text: &mut Text, units: usize, voice: &Voice, random: &mut Random) {
    let language = text.language;
    for _ in 0..units {
        let paragraph = random.below(text.paragraphs.len());
        let sentences = &mut text.paragraphs[paragraph].sentences;
        let place = random.below(sentences.len());
        let sentence = &sentences[place];
        let bounds = language.bounds(sentence);
        let at = random.below(bounds.len() - 1);
        let (before, unit, behind) =
            (&sentence[..bounds[at]], &sentence[bounds[at]..bounds[at + 1]], &sentence[bounds[at + 1]..]);
        let wrong = match language {
            Language::Chinese => voice.noun(random).chars().next().map(String::from).unwrap_or_default(),
            Language::English => doubled(unit, random),
        };
        sentences[place] = format!("{before}{wrong}{behind}");
    }
}

/// The word with one of its letters twice.
fn doubled(word: &str, random: &mut Random) -> String {
    let letters: Vec<(usize, char)> = word.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
    if letters.is_empty() {
        return format!("e {word}");
    }
    let (at, letter) = *random.pick(&letters);
    format!("{}{letter}{}", &word[..at], &word[at..])
}

fn reorder(text: &mut Text, random: &mut Random) {
    if let [only] = &mut text.paragraphs[..] {
        only.sentences.rotate_left(1);
        return;
    }
    let before = text.paragraphs.clone();
    while text.paragraphs == before {
        random.shuffle(&mut text.paragraphs);
    }
}

fn truncate(text: &mut Text, mut units: usize) {
    let language = text.language;
    for paragraph in &mut text.paragraphs {
        for sentence in &mut paragraph.sentences {
            let bounds = language.bounds(sentence);
            let keep = units.min(bounds.len() - 1);
            units -= keep;
            sentence.truncate(bounds[keep]);
        }
        paragraph.sentences.retain(|sentence| !sentence.is_empty());
    }
    text.paragraphs.retain(|paragraph| !paragraph.sentences.is_empty());
    let last = text.paragraphs.last_mut().and_then(|paragraph| paragraph.sentences.last_mut());
    if let Some(last) = last {
        last.push_str(if language == Language::Chinese { "……" } else { " …" });
    }
}

fn other_width(sentence: &str) -> String {
    let other = |c: char| match c {
        '，' => ',',
        '。' => '.',
        '；' => ';',
        '！' => '!',
        '？' => '?',
        '：' => ':',
        ',' => '，',
        ';' => '；',
        '!' => '！',
        '0'..='9' | 'A'..='Z' => char::from_u32(c as u32 + 0xFEE0).expect("full-width forms are characters"),
        c => c,
    };
    sentence.replace("……", "...").chars().map(other).collect()
}
