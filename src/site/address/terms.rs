//! The terms by which the posts of a site are sorted, and the names that their pages have in addresses.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

/// The terms that the posts of one site use.
#[derive(Debug, Default)]
pub struct Terms<'a> {
    /// Key (`tags`) and term as written, sorted, each once.
    all: Vec<(&'a str, &'a str)>,
    /// The names of the terms of some taxonomies, once they were asked for: a site may have as many terms as posts, and as many
    /// links to their pages.
    names: RwLock<HashMap<String, Arc<HashSet<String>>>>,
}

impl<'a> Terms<'a> {
    /// These terms: key and term as written, in any order.
    pub fn new(terms: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut all: Vec<_> = terms.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Self { all, names: RwLock::default() }
    }

    /// The terms under one key, as written.
    pub(super) fn under(&self, key: &str) -> impl Iterator<Item = &'a str> {
        let start = self.all.partition_point(|(of, _)| *of < key);
        let end = start + self.all[start..].partition_point(|(of, _)| *of == key);
        self.all[start..end].iter().map(|(_, term)| *term)
    }

    /// Whether a term under one of these keys has this name. `name_of` makes names of terms; it must be the same for all calls
    /// with the same keys and the same `rule`.
    pub(super) fn have(&self, keys: &[&str], rule: &str, name: &str, name_of: impl Fn(&str) -> Option<String>) -> bool {
        let asked = format!("{}\n{rule}", keys.join(" "));
        let known = self.names.read().unwrap_or_else(PoisonError::into_inner).get(&asked).cloned();
        let names = known.unwrap_or_else(|| {
            let names = keys.iter().flat_map(|key| self.under(key)).filter_map(name_of).collect();
            let mut all = self.names.write().unwrap_or_else(PoisonError::into_inner);
            all.entry(asked).or_insert(Arc::new(names)).clone()
        });
        names.contains(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_keys_and_the_rule() {
        let terms = Terms::new([("tags", "Sea"), ("tag", "Fog"), ("categories", "Log"), ("tags", "Sea")]);
        let small = |term: &str| Some(term.to_lowercase());
        let own = |term: &str| (term == "Sea").then(|| term.to_owned());
        for _ in 0..2 {
            assert!(terms.have(&["tags", "tag"], "", "sea", small));
            assert!(terms.have(&["tags", "tag"], "", "fog", small));
            assert!(!terms.have(&["tags", "tag"], "", "log", small));
            assert!(!terms.have(&["tags"], "", "fog", small));
            assert!(terms.have(&["tags"], "own", "Sea", own));
        }
        assert_eq!(terms.under("tags").collect::<Vec<_>>(), ["Sea"]);
        assert_eq!(terms.under("t").count(), 0);
    }
}
