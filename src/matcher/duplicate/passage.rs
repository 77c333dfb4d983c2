//! Passages that two posts share without being copies of each other.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Pattern, SpecError, is_match, length, path, patterns, var};
use crate::corpus::{Corpus, PassageRule};
use crate::matcher::{CorpusMatcher, Hit, SiteHit};
use crate::spanned::de::Located;

/// What makes a passage. Quotations, code and blocks that stand in many posts are none.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Passage {
    /// Least number of words. In mixed text, words and characters count together, each as a share of its least.
    pub words: u32,
    /// Least number of characters of scripts without blanks.
    pub characters: u32,
    /// Regular expressions: a passage that one of them matches is left alone.
    #[serde(default)]
    pub unless: Vec<Located<String>>,
}

impl Passage {
    pub(super) fn build(&self) -> Result<Passages, SpecError> {
        if self.words == 0 || self.characters == 0 {
            return Err(SpecError { message: "limits of 0 say nothing".into(), help: None, at: None });
        }
        let rule = PassageRule { words: self.words, characters: self.characters };
        Ok(Passages { rule, unless: patterns(&self.unless)? })
    }
}

pub(super) struct Passages {
    rule: PassageRule,
    unless: Vec<Pattern>,
}

impl CorpusMatcher for Passages {
    fn hits(&self, corpus: &Corpus<'_>, out: &mut Vec<SiteHit>) {
        for passage in corpus.passages(self.rule).iter().filter(|passage| !is_match(&self.unless, &passage.text)) {
            let vars = vec![path(corpus, passage.other), var("length", length(passage.words, passage.characters))];
            out.push(SiteHit {
                post: passage.post,
                hit: Hit { span: passage.span, vars, ..Hit::default() },
                elsewhere: vec![(passage.other, passage.other_span, "it stands here too".to_owned())],
            });
        }
    }
}
