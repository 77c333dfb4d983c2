//! A text of the set: paragraphs of sentences, written by a voice, and the Markdown it becomes.

use super::grammar::{Language, Voice};
use super::random::Random;

/// How long a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Length {
    Short,
    Medium,
    Long,
}

impl Length {
    pub const ALL: [Length; 3] = [Length::Short, Length::Medium, Length::Long];

    pub fn name(self) -> &'static str {
        match self {
            Length::Short => "short",
            Length::Medium => "medium",
            Length::Long => "long",
        }
    }

    /// Least and most characters.
    pub fn characters(self, language: Language) -> (usize, usize) {
        match (language, self) {
            (Language::Chinese, Length::Short) => (30, 100),
            (Language::Chinese, Length::Medium) => (300, 800),
            (Language::Chinese, Length::Long) => (1_500, 4_000),
            (Language::English, Length::Short) => (100, 280),
            (Language::English, Length::Medium) => (800, 2_000),
            (Language::English, Length::Long) => (4_000, 9_000),
        }
    }
}

/// A text before it is put into a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub language: Language,
    pub title: String,
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph, perhaps under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    pub heading: Option<String>,
    pub sentences: Vec<String>,
}

/// How a text is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// Paragraphs of plain text.
    Plain,
    /// Paragraphs in HTML.
    Html,
    /// Sentences as items of lists, some words in bold.
    Lists,
    /// A line for each sentence, some words linked.
    Lines,
}

impl Text {
    /// A text of this length.
    pub fn new(voice: &Voice, length: Length, random: &mut Random) -> Self {
        let (least, most) = length.characters(voice.language);
        // The last sentence may go beyond what is aimed at.
        let aim = random.between(least, most - (most - least) / 3);
        let mut text =
            Text { language: voice.language, title: voice.title(random), paragraphs: vec![Paragraph::default()] };
        let mut characters = 0;
        while characters < aim {
            let sentence = voice.sentence(random);
            let more = sentence.chars().count() + voice.language.gap().len();
            if characters + more > most {
                continue;
            }
            characters += more;
            let open = text.paragraphs.last_mut().expect("a text has a paragraph");
            open.sentences.push(sentence);
            if length != Length::Short && open.sentences.len() >= 2 && random.chance(35) && characters < aim {
                let heading = random.chance(20).then(|| voice.title(random));
                text.paragraphs.push(Paragraph { heading, sentences: vec![] });
            }
        }
        text
    }

    /// How many characters or words it has.
    pub fn units(&self) -> usize {
        self.sentences().map(|sentence| self.language.units(sentence)).sum()
    }

    /// All its sentences, in order.
    pub fn sentences(&self) -> impl Iterator<Item = &String> {
        self.paragraphs.iter().flat_map(|paragraph| &paragraph.sentences)
    }

    /// The text in Markdown.
    pub fn markdown(&self, markup: Markup) -> String {
        let mut out = String::new();
        for paragraph in self.paragraphs.iter().filter(|paragraph| !paragraph.sentences.is_empty()) {
            if let Some(heading) = &paragraph.heading {
                out += &match markup {
                    Markup::Html => format!("<h3>{heading}</h3>\n\n"),
                    _ => format!("## {heading}\n\n"),
                };
            }
            let joined = paragraph.sentences.join(self.language.gap());
            match markup {
                Markup::Plain => out += &joined,
                Markup::Html => out += &format!("<p style=\"text-indent:2em\">{joined}</p>"),
                Markup::Lists => {
                    let items =
                        paragraph.sentences.iter().map(|sentence| format!("- {}\n", self.marked(sentence, "**", "**")));
                    out.extend(items);
                }
                Markup::Lines => {
                    let link = "](https://reference.example/entry)";
                    let lines: Vec<_> =
                        paragraph.sentences.iter().map(|sentence| self.marked(sentence, "[", link)).collect();
                    out += &lines.join("  \n");
                }
            }
            out += "\n\n";
        }
        out
    }

    /// The sentence with marks around its fifth and sixth character, or its third word.
    fn marked(&self, sentence: &str, open: &str, close: &str) -> String {
        let bounds = self.language.bounds(sentence);
        let (from, to) = if self.language == Language::Chinese { (4, 6) } else { (2, 3) };
        let (Some(&start), Some(&end)) = (bounds.get(from), bounds.get(to)) else { return sentence.to_owned() };
        let inner = sentence[start..end].trim_end();
        if !inner.chars().all(char::is_alphanumeric) {
            return sentence.to_owned();
        }
        let end = start + inner.len();
        format!("{}{open}{inner}{close}{}", &sentence[..start], &sentence[end..])
    }
}
