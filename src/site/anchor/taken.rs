//! How engines tell headings with equal ids apart.

use std::collections::HashMap;

/// The ids of a page so far. Each way of counting takes constant time for a heading on average, however many are alike.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Ids, or what they were made of, with a count that means what the way of counting says.
    counts: HashMap<String, u64>,
}

impl Taken {
    /// Notes an id of the author's.
    pub(super) fn take(&mut self, id: &str) {
        if !self.counts.contains_key(id) {
            self.counts.insert(id.to_owned(), 0);
        }
    }

    /// Whether an id was made or noted.
    pub(super) fn has(&self, id: &str) -> bool {
        self.counts.contains_key(id)
    }

    /// github-slugger: the next number of this id that is free. The number goes on where it was, so `a`, `a`, `a-1` are `a`,
    /// `a-1`, `a-1-1`. Hugo, Zola and markdown-it-anchor begin with 1 each time, which comes to the same: no id gets free again.
    pub(super) fn next_free(&mut self, id: String) -> String {
        let Some(&count) = self.counts.get(&id) else {
            self.counts.insert(id.clone(), 0);
            return id;
        };
        let (count, free) = self.free_after(&id, '-', count);
        self.counts.insert(id, count);
        self.counts.insert(free.clone(), 0);
        free
    }

    /// kramdown and Hexo: the number of times that this id was asked for. Nobody looks whether the result is free, so `a`, `a`,
    /// `a-1` are `a`, `a-1`, `a-1`.
    pub(super) fn count(&mut self, id: String) -> String {
        let count = self.counts.entry(id.clone()).and_modify(|count| *count += 1).or_insert(0);
        if *count > 0 { format!("{id}-{count}") } else { id }
    }

    /// Python-Markdown: a number behind an underscore; one that is there goes up. Nothing is never free.
    pub(super) fn next_underscored(&mut self, id: String) -> String {
        if !id.is_empty() && !self.counts.contains_key(&id) {
            self.counts.insert(id.clone(), 0);
            return id;
        }
        let (base, number) = numbered(&id).unwrap_or((&id, 0));
        // All up to `known` are taken. `number` is too, so a run that ends right before it goes on behind it.
        let known = self.known(base);
        let goes_on = number <= known.saturating_add(1);
        let (count, free) = self.free_after(base, '_', if goes_on { known.max(number) } else { number });
        if goes_on {
            self.counts.insert(runs_key(base), count);
        }
        self.counts.insert(free.clone(), 0);
        free
    }

    /// Up to which number all of `base_1`, `base_2`, … are taken.
    fn known(&self, base: &str) -> u64 {
        self.counts.get(&runs_key(base)).copied().unwrap_or(0)
    }

    fn free_after(&self, base: &str, separator: char, mut count: u64) -> (u64, String) {
        loop {
            count = count.saturating_add(1);
            let id = format!("{base}{separator}{count}");
            if !self.counts.contains_key(&id) || count == u64::MAX {
                return (count, id);
            }
        }
    }
}

/// Where `next_underscored` keeps what it knows: under a name that no id has, as ids hold no line breaks.
fn runs_key(base: &str) -> String {
    format!("{base}\n")
}

/// `a_3` as `a` and 3.
fn numbered(id: &str) -> Option<(&str, u64)> {
    let (base, digits) = id.rsplit_once('_')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { Some((base, digits.parse().ok()?)) } else { None }
}
