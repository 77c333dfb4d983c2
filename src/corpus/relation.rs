//! How two texts relate: exact counts over their shingles and numbers, and the class that follows from them.

use serde::{Deserialize, Serialize};

use super::text::Counted;

/// What is counted about a pair of texts. All counts are exact and leave out site boilerplate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// What follows from the counts.
    pub class: Class,
    /// Shingles that both have.
    pub shared: u32,
    /// Shingles that either has.
    pub union: u32,
    /// Shingles of the text that has fewer.
    pub smaller: u32,
    /// Numbers that both have and that either has (as multisets).
    pub numbers: (u32, u32),
}

/// Makes something of two texts, each sorted, that few pairs need.
pub(super) type Lazily<'a> = &'a dyn Fn() -> Option<(Vec<u64>, Vec<u64>)>;

/// What two texts are to each other, most alike first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// The same words in the same order, the same links, images and code.
    Identical,
    /// Jaccard similarity over `Thresholds::near`, or over `near_with_numbers` where the numbers agree.
    Near,
    /// Almost all of the shorter text stands in the longer one.
    Contained,
    /// One template filled twice: the numbers or the code differ, the words do not; or two editions of one thing.
    Templated,
    /// Much in common, but less than any of these, or too little text to tell.
    Similar,
}

/// Where classes begin, as shares of one. Source of the defaults: measurements on 54,190 posts and a labelled set of 54,000 pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Jaccard similarity from which two texts are near-duplicates.
    pub near: f64,
    /// The same where the numbers in both agree.
    pub near_with_numbers: f64,
    /// Share of the shorter text from which it is contained in the longer one.
    pub contained: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { near: 0.8, near_with_numbers: 0.7, contained: 0.8 }
    }
}

impl Thresholds {
    /// All of them, for questions that depend on them.
    pub(super) fn to_bytes(self) -> Vec<u8> {
        [self.near, self.near_with_numbers, self.contained].iter().flat_map(|share| share.to_le_bytes()).collect()
    }
}

impl Relation {
    /// Jaccard similarity of the shingles, 0 to 1.
    pub fn similarity(&self) -> f64 {
        if self.union == 0 { 1.0 } else { f64::from(self.shared) / f64::from(self.union) }
    }

    /// Share of the smaller text's shingles that the larger one has too, 0 to 1.
    pub fn containment(&self) -> f64 {
        if self.smaller == 0 { 1.0 } else { f64::from(self.shared) / f64::from(self.smaller) }
    }

    /// The similarity in whole per cent, rounded down: only equal texts are 100 % the same.
    pub fn per_cent(&self) -> u32 {
        let per_cent = (u64::from(self.shared) * 100).checked_div(u64::from(self.union));
        per_cent.and_then(|per_cent| u32::try_from(per_cent).ok()).unwrap_or(100)
    }
}

impl Class {
    /// The word for it in reports.
    pub fn name(self) -> &'static str {
        match self {
            Class::Identical => "identical",
            Class::Near => "near-duplicate",
            Class::Contained => "contained",
            Class::Templated => "templated",
            Class::Similar => "similar",
        }
    }
}

/// Numbers agree when they have at least this share in common. Measured: they differ in four of five pairs of one template,
/// and in one of thirty pairs of real copies.
const AGREEING: f64 = 0.5;

/// Fewer numbers in a pair say nothing.
const LEAST_NUMBERS: u32 = 4;

/// Fewer numbers in the shorter text say nothing about where it comes from.
const LEAST_OWN_NUMBERS: u32 = 2;

/// One number in so many words makes a text one about numbers.
const WORDS_PER_NUMBER: u32 = 50;

/// Similarity from which other numbers are a slip or an update, unless nothing but numbers differs.
const SURELY_NEAR: f64 = 0.9;

/// Similarity with all numbers masked from which two texts are one template.
const SAME_TEMPLATE: f64 = 0.9;

/// Below so many shingles a text is only ever compared as a whole.
pub(super) const LEAST_SHINGLES: usize = 12;

/// Below so many shingles a text is not said to be contained in another.
const LEAST_CONTAINED: u32 = 30;

/// Similarity from which two texts are called similar.
pub(super) const SIMILAR: f64 = 0.5;

/// Share of the lines of code in both together that both have, from which it is the same code.
const SAME_CODE: f64 = 0.5;

/// Code of fewer lines is no part of what a text says.
const LEAST_CODE: usize = 3;

impl Relation {
    /// Two texts of so many shingles of which nothing differs. Their numbers agree, and are not counted.
    pub(super) fn identical(shingles: u32) -> Self {
        Self { class: Class::Identical, shared: shingles, union: shingles, smaller: shingles, numbers: (0, 0) }
    }

    /// Counts, and classifies what is counted; `lazily` has the shingles of both with all numbers masked, and the lines of
    /// code of both. `None` for two texts that have little in common.
    pub(super) fn of(
        a: &Counted,
        b: &Counted,
        thresholds: &Thresholds,
        lazily: (Lazily<'_>, Lazily<'_>),
    ) -> Option<Self> {
        let both = narrow(shared(&a.numbers, &b.numbers));
        let shared = narrow(shared(&a.shingles, &b.shingles));
        let (one, other) = (narrow(a.shingles.len()), narrow(b.shingles.len()));
        let numbers = (both, narrow(a.numbers.len()) + narrow(b.numbers.len()) - both);
        let counts =
            Self { class: Class::Similar, shared, union: one + other - shared, smaller: one.min(other), numbers };
        let class = counts.class(thresholds, (a, b), lazily)?;
        Some(Self { class, ..counts })
    }

    fn class(
        &self,
        thresholds: &Thresholds,
        (a, b): (&Counted, &Counted),
        (masked, code): (Lazily<'_>, Lazily<'_>),
    ) -> Option<Class> {
        let similarity = self.similarity();
        let is_large = self.smaller as usize >= LEAST_SHINGLES;
        if is_large && similarity >= SIMILAR && self.is_template(a.tokens.max(b.tokens), masked) {
            Some(Class::Templated)
        } else if is_large && self.is_near(thresholds) {
            Some(if same_code(code) { Class::Near } else { Class::Templated })
        } else if self.smaller >= LEAST_CONTAINED && self.containment() >= thresholds.contained {
            Some(if holds_numbers(a, b) { Class::Contained } else { Class::Templated })
        } else {
            (is_large && similarity >= SIMILAR).then_some(Class::Similar)
        }
    }

    fn is_near(&self, thresholds: &Thresholds) -> bool {
        let similarity = self.similarity();
        similarity >= thresholds.near || similarity >= thresholds.near_with_numbers && self.numbers_agree()
    }

    /// Whether the two are copies under these thresholds, which may be other ones than the class was found with.
    pub fn is_copy(&self, thresholds: &Thresholds) -> bool {
        match self.class {
            Class::Identical => true,
            Class::Near | Class::Contained => self.is_near(thresholds),
            // What is so much alike and no near-duplicate by the usual thresholds is none for another reason.
            Class::Similar => self.is_near(thresholds) && !self.is_near(&Thresholds::default()),
            Class::Templated => false,
        }
    }

    /// Whether the numbers of both texts are mostly the same; texts without numbers agree.
    pub fn numbers_agree(&self) -> bool {
        let (both, either) = self.numbers;
        either == 0 || f64::from(both) >= AGREEING * f64::from(either)
    }

    /// Whether the two say the same of other numbers: a market report, a weekly count, the announcement of a meeting.
    fn is_template(&self, tokens: usize, masked: Lazily<'_>) -> bool {
        let (_, either) = self.numbers;
        let is_about_numbers = either >= LEAST_NUMBERS && either * WORDS_PER_NUMBER >= narrow(tokens);
        let is_masked_same = || masked().is_some_and(|(a, b)| have_in_common(&a, &b, SAME_TEMPLATE));
        is_about_numbers && !self.numbers_agree() && (self.similarity() < SURELY_NEAR || is_masked_same())
    }
}

/// Whether the longer text has most numbers of the shorter one.
fn holds_numbers(a: &Counted, b: &Counted) -> bool {
    let (shorter, longer) = if a.shingles.len() <= b.shingles.len() { (a, b) } else { (b, a) };
    let own = narrow(shorter.numbers.len());
    own < LEAST_OWN_NUMBERS || f64::from(narrow(shared(&shorter.numbers, &longer.numbers))) >= AGREEING * f64::from(own)
}

/// Whether the code in both is much the same: the same words around other code are another lesson.
fn same_code(code: Lazily<'_>) -> bool {
    code().is_none_or(|(a, b)| a.len().max(b.len()) < LEAST_CODE || have_in_common(&a, &b, SAME_CODE))
}

/// Whether both of two sorted sets have so large a share of what either has.
pub(super) fn have_in_common(a: &[u64], b: &[u64], share: f64) -> bool {
    let shared = shared(a, b);
    shared as f64 >= share * (a.len() + b.len() - shared) as f64
}

/// How many members two sorted sets have in common; of lists with repetitions, as multisets.
pub(super) fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut at, mut to, mut shared) = (0, 0, 0);
    while let (Some(one), Some(other)) = (a.get(at), b.get(to)) {
        shared += usize::from(one == other);
        at += usize::from(one <= other);
        to += usize::from(other <= one);
    }
    shared
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
