//! Faults that were there when copydesk was adopted, and that nobody wants to hear of today. Knows places by what stands there,
//! not by where that is: lines may be added, posts moved. Knows no lint.

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub mod file;

/// One place at which a lint found something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fault {
    /// Path of the post, relative to the site root.
    pub post: String,
    /// Name of the lint.
    pub lint: String,
    /// Hash of the marked text, blanks collapsed: 16 hexadecimal digits.
    pub text: String,
    /// Hash of what the post is called, by which it is known under another path.
    pub of: String,
}

/// The faults of a site that are known, each with how often it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<Fault, usize>,
}

/// What a baseline says of the faults of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// For each group of faults whether all of them are known.
    pub is_known: Vec<bool>,
    /// Entries that no fault answers to, with how often.
    pub stale: Vec<(Fault, usize)>,
}

impl Fault {
    /// A fault at a place with this text, in a post that is called so.
    pub fn new(post: &str, title: &str, lint: &str, text: &str) -> Self {
        let words: Vec<&str> = text.split_whitespace().collect();
        let (text, of) = (hash(&words.join(" ")), hash(title));
        Self { post: post.to_owned(), lint: lint.to_owned(), text, of }
    }
}

fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}

impl Baseline {
    /// A baseline of these faults.
    pub fn of(faults: impl IntoIterator<Item = Fault>) -> Self {
        let mut entries = BTreeMap::new();
        faults.into_iter().for_each(|fault| *entries.entry(fault).or_default() += 1);
        Self { entries }
    }

    /// How many faults are known.
    pub fn len(&self) -> usize {
        self.entries.values().sum()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries for which `keeps` holds, with the others' place taken by `now`. What came and what went is counted.
    pub fn updated(&self, keeps: &dyn Fn(&Fault) -> bool, now: Vec<Fault>) -> (Self, usize, usize) {
        let kept = self.entries.iter().filter(|(fault, _)| keeps(fault));
        let mut entries: BTreeMap<Fault, usize> = kept.map(|(fault, count)| (fault.clone(), *count)).collect();
        now.into_iter().for_each(|fault| *entries.entry(fault).or_default() += 1);
        let more = |one: &BTreeMap<Fault, usize>, than: &BTreeMap<Fault, usize>| -> usize {
            one.iter().map(|(fault, count)| count.saturating_sub(than.get(fault).copied().unwrap_or(0))).sum()
        };
        let (added, removed) = (more(&entries, &self.entries), more(&self.entries, &entries));
        (Self { entries }, added, removed)
    }

    /// The same without these entries.
    pub fn without(&self, stale: &[(Fault, usize)]) -> Self {
        let mut entries = self.entries.clone();
        for (fault, count) in stale {
            if let Some(left) = entries.get_mut(fault) {
                *left = left.saturating_sub(*count);
            }
        }
        entries.retain(|_, count| *count > 0);
        Self { entries }
    }

    /// Which of the groups of faults are known as a whole. An entry answers for one fault: of the same post first, then, where
    /// its post is gone, of a post that the baseline has not and that is called the same. `is_there` tells of a path whether a
    /// post is there.
    pub fn matched(&self, groups: &[Vec<Fault>], is_there: &dyn Fn(&str) -> bool) -> Match {
        let mut left = self.entries.clone();
        let mut is_found: Vec<Vec<bool>> = groups.iter().map(|group| vec![false; group.len()]).collect();
        for (group, is_found) in groups.iter().zip(&mut is_found) {
            for (fault, is_found) in group.iter().zip(is_found) {
                *is_found = self.take_own(&mut left, fault);
            }
        }
        let known: BTreeSet<&str> = self.entries.keys().map(|fault| &*fault.post).collect();
        let mut moved: HashMap<(&str, &str, &str), usize> = HashMap::new();
        for (fault, count) in left.iter().filter(|(fault, count)| **count > 0 && !is_there(&fault.post)) {
            *moved.entry(key(fault)).or_default() += count;
        }
        let mut gone: HashMap<(String, String, String), usize> = HashMap::new();
        for (group, is_found) in groups.iter().zip(&mut is_found) {
            let open = group.iter().zip(is_found).filter(|(fault, found)| !**found && !known.contains(&*fault.post));
            for (fault, is_found) in open {
                if let Some(count) = moved.get_mut(&key(fault)).filter(|count| **count > 0) {
                    *count -= 1;
                    *is_found = true;
                    let (lint, text, of) = key(fault);
                    *gone.entry((lint.to_owned(), text.to_owned(), of.to_owned())).or_default() += 1;
                }
            }
        }
        for (fault, count) in left.iter_mut().filter(|(fault, _)| !is_there(&fault.post)) {
            let (lint, text, of) = key(fault);
            if let Some(answered) = gone.get_mut(&(lint.to_owned(), text.to_owned(), of.to_owned())) {
                let taken = (*answered).min(*count);
                (*answered, *count) = (*answered - taken, *count - taken);
            }
        }
        let is_known = is_found.iter().map(|group| !group.is_empty() && group.iter().all(|found| *found)).collect();
        Match { is_known, stale: left.into_iter().filter(|(_, count)| *count > 0).collect() }
    }

    /// Takes an entry of the same post; what the post is called may have changed.
    fn take_own(&self, left: &mut BTreeMap<Fault, usize>, fault: &Fault) -> bool {
        let first = Fault { of: String::new(), ..fault.clone() };
        let same = |entry: &Fault| (&entry.post, &entry.lint, &entry.text) == (&fault.post, &fault.lint, &fault.text);
        let mut own = left.range_mut(first..).take_while(|(entry, _)| same(entry)).filter(|(_, count)| **count > 0);
        own.next().map(|(_, count)| *count -= 1).is_some()
    }
}

/// By what a fault is known in a post that was moved.
fn key(fault: &Fault) -> (&str, &str, &str) {
    (&fault.lint, &fault.text, &fault.of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(post: &str, lint: &str, text: &str) -> Fault {
        Fault::new(post, &format!("title of {}", post.trim_start_matches("new/")), lint, text)
    }

    fn known(baseline: &Baseline, faults: &[Fault], there: &[&str]) -> (Vec<bool>, usize) {
        let groups: Vec<Vec<Fault>> = faults.iter().map(|fault| vec![fault.clone()]).collect();
        let found = baseline.matched(&groups, &|path| there.contains(&path));
        (found.is_known, found.stale.iter().map(|(_, count)| count).sum())
    }

    #[test]
    fn an_entry_answers_for_one_fault() {
        let one = fault("a.md", "soft", "pear  tree");
        let baseline = Baseline::of([one.clone()]);
        let same = fault("a.md", "soft", "pear\ntree");
        assert_eq!(known(&baseline, &[same.clone(), same], &["a.md"]), (vec![true, false], 0));
        assert_eq!(known(&baseline, &[fault("a.md", "hard", "pear tree")], &["a.md"]), (vec![false], 1));
        assert_eq!(known(&baseline, &[fault("b.md", "soft", "pear tree")], &["a.md", "b.md"]), (vec![false], 1));
    }

    #[test]
    fn a_post_that_was_moved_is_known_by_what_it_is_called() {
        let baseline = Baseline::of([fault("a.md", "soft", "x"), fault("b.md", "soft", "x")]);
        let now = [fault("new/a.md", "soft", "x"), fault("b.md", "soft", "x")];
        assert_eq!(known(&baseline, &now, &["new/a.md", "b.md"]), (vec![true, true], 0));
        // Another new post with the same fault is none of those that were moved.
        let now = [fault("new/c.md", "soft", "x"), fault("b.md", "soft", "x")];
        assert_eq!(known(&baseline, &now, &["new/c.md", "b.md"]), (vec![false, true], 1));
        // What is new in a post that stayed is not hidden by what is gone from one that went.
        let now = [fault("b.md", "soft", "x"), fault("b.md", "soft", "x")];
        assert_eq!(known(&baseline, &now, &["b.md"]), (vec![true, false], 1));
    }

    #[test]
    fn a_diagnostic_with_a_new_place_is_told() {
        let baseline = Baseline::of([fault("a.md", "soft", "x")]);
        let group = vec![fault("a.md", "soft", "x"), fault("a.md", "soft", "y")];
        assert_eq!(baseline.matched(&[group], &|_| true).is_known, [false]);
    }

    #[test]
    fn an_update_counts_what_comes_and_goes() {
        let baseline = Baseline::of([fault("a.md", "soft", "x"), fault("b.md", "soft", "y")]);
        let now = vec![fault("a.md", "soft", "z"), fault("a.md", "soft", "z")];
        let (updated, added, removed) = baseline.updated(&|fault| fault.post == "b.md", now);
        assert_eq!((updated.len(), added, removed), (3, 2, 1));
        assert_eq!(updated.without(&[(fault("a.md", "soft", "z"), 1)]).len(), 2);
    }
}
