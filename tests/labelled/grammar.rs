//! How texts are made of words: each text has a voice, a choice of words, names and places that it keeps to. Words of a voice
//! recur as in real texts, the most frequent ones often; two voices share few of them.

use super::random::Random;

/// The words and sentences of a language. Words stand between blanks, times of English between bars.
pub struct Grammar {
    pub domains: &'static [Domain],
    pub adjectives: &'static str,
    pub adverbs: &'static str,
    pub times: &'static str,
    /// Clauses with places for words: `{n}` noun, `{v}` verb, `{a}` adjective, `{d}` adverb, `{p}` person, `{l}` place,
    /// `{t}` time, `{q}` number.
    pub clauses: &'static [&'static str],
    /// What stands between two clauses of a sentence.
    pub joints: &'static [&'static str],
    pub ends: &'static [&'static str],
    pub family_names: &'static str,
    pub given_names: &'static str,
    pub place_heads: &'static str,
    pub place_tails: &'static str,
}

/// Words that go together.
pub struct Domain {
    pub nouns: &'static str,
    pub verbs: &'static str,
}

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    Chinese,
    English,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::Chinese, Language::English];

    pub fn code(self) -> &'static str {
        if self == Language::Chinese { "zh" } else { "en" }
    }

    pub fn grammar(self) -> &'static Grammar {
        match self {
            Language::Chinese => &super::chinese::CHINESE,
            Language::English => &super::english::ENGLISH,
        }
    }

    /// What edits are measured in: a Chinese text in characters, an English one in words.
    pub fn units(self, text: &str) -> usize {
        match self {
            Language::Chinese => text.chars().count(),
            Language::English => text.split_whitespace().count(),
        }
    }

    /// Where the units of a text begin, and its end.
    pub fn bounds(self, text: &str) -> Vec<usize> {
        let mut bounds: Vec<usize> = match self {
            Language::Chinese => text.char_indices().map(|(at, _)| at).collect(),
            Language::English => {
                text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize).collect()
            }
        };
        bounds.push(text.len());
        bounds
    }

    /// What stands between two sentences.
    pub fn gap(self) -> &'static str {
        if self == Language::Chinese { "" } else { " " }
    }
}

/// The words of one text, most frequent first.
#[derive(Clone, Debug)]
pub struct Voice {
    pub language: Language,
    nouns: Vec<&'static str>,
    verbs: Vec<&'static str>,
    adjectives: Vec<&'static str>,
    adverbs: Vec<&'static str>,
    times: Vec<&'static str>,
    clauses: Vec<&'static str>,
    people: Vec<String>,
    places: Vec<String>,
}

fn words(list: &'static str) -> Vec<&'static str> {
    if list.contains('|') { list.split('|').collect() } else { list.split_whitespace().collect() }
}

impl Voice {
    /// A voice of its own.
    pub fn new(language: Language, random: &mut Random) -> Self {
        let grammar = language.grammar();
        let shuffled = |list: &'static str, most: usize, random: &mut Random| {
            let mut all = words(list);
            random.shuffle(&mut all);
            all.truncate(most);
            all
        };
        let mut domains: Vec<&Domain> = grammar.domains.iter().collect();
        random.shuffle(&mut domains);
        let (mut nouns, mut verbs) = (vec![], vec![]);
        for domain in &domains[..3] {
            nouns.extend(shuffled(domain.nouns, 16, random));
            verbs.extend(shuffled(domain.verbs, 8, random));
        }
        random.shuffle(&mut nouns);
        random.shuffle(&mut verbs);
        let mut clauses = grammar.clauses.to_vec();
        random.shuffle(&mut clauses);
        Self {
            language,
            nouns,
            verbs,
            adjectives: shuffled(grammar.adjectives, 18, random),
            adverbs: shuffled(grammar.adverbs, 12, random),
            times: shuffled(grammar.times, 10, random),
            clauses,
            people: (0..5).map(|_| person(language, random)).collect(),
            places: (0..5).map(|_| place(language, random)).collect(),
        }
    }

    /// One of its people.
    pub fn person(&self, random: &mut Random) -> &str {
        random.pick_often(&self.people).as_str()
    }

    /// One of its nouns.
    pub fn noun(&self, random: &mut Random) -> &'static str {
        let &noun = random.pick_often(&self.nouns);
        noun
    }

    /// A sentence of one to three clauses.
    pub fn sentence(&self, random: &mut Random) -> String {
        let grammar = self.language.grammar();
        let clauses = 1 + usize::from(random.chance(70)) + usize::from(random.chance(30));
        let mut sentence = String::new();
        for number in 0..clauses {
            if number > 0 {
                sentence.push_str(random.pick::<&str>(grammar.joints));
            }
            self.clause(&mut sentence, random);
        }
        sentence.push_str(random.pick::<&str>(grammar.ends));
        if self.language == Language::English { capitalised(&sentence) } else { sentence }
    }

    /// A heading or title.
    pub fn title(&self, random: &mut Random) -> String {
        let (noun, other, place) = (self.noun(random), self.noun(random), random.pick(&self.places).as_str());
        match (self.language, random.below(3)) {
            (Language::Chinese, 0) => format!("{place}的{noun}与{other}"),
            (Language::Chinese, 1) => format!("{}谈{noun}", self.person(random)),
            (Language::Chinese, _) => format!("再说{place}{noun}"),
            (Language::English, 0) => format!("The {noun} and the {other} of {place}"),
            (Language::English, 1) => format!("{} on the {noun}", self.person(random)),
            (Language::English, _) => format!("More about {place}: a {noun}"),
        }
    }

    fn clause(&self, out: &mut String, random: &mut Random) {
        let mut rest = *random.pick_often(&self.clauses);
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            match rest.as_bytes()[at + 1] {
                b'n' => out.push_str(self.noun(random)),
                b'v' => out.push_str(random.pick_often::<&str>(&self.verbs)),
                b'a' => out.push_str(random.pick_often::<&str>(&self.adjectives)),
                b'd' => out.push_str(random.pick_often::<&str>(&self.adverbs)),
                b'p' => out.push_str(self.person(random)),
                b'l' => out.push_str(random.pick_often(&self.places).as_str()),
                b't' => out.push_str(random.pick_often::<&str>(&self.times)),
                _ => out.push_str(&random.between(2, 180).to_string()),
            }
            rest = &rest[at + 3..];
        }
        out.push_str(rest);
    }
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn person(language: Language, random: &mut Random) -> String {
    let grammar = language.grammar();
    let (family, given) = (words(grammar.family_names), words(grammar.given_names));
    match language {
        Language::Chinese if random.chance(60) => {
            format!("{}{}{}", random.pick(&family), random.pick(&given), random.pick(&given))
        }
        Language::Chinese => format!("{}{}", random.pick(&family), random.pick(&given)),
        Language::English if random.chance(50) => format!("{} {}", random.pick(&given), random.pick(&family)),
        Language::English => (*random.pick(&family)).to_owned(),
    }
}

fn place(language: Language, random: &mut Random) -> String {
    let grammar = language.grammar();
    let (heads, tails) = (words(grammar.place_heads), words(grammar.place_tails));
    match language {
        Language::Chinese => format!("{}{}{}", random.pick(&heads), random.pick(&heads), random.pick(&tails)),
        Language::English => format!("{}{}", random.pick(&heads), random.pick(&tails)),
    }
}
