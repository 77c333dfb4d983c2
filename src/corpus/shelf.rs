//! What is made of posts, kept for as long as pairs of them are compared and no longer than memory allows. The pairs are known
//! beforehand, so what makes room is what is wanted again last of all: no other choice loads fewer posts (Bélády 1966).

use std::collections::{BTreeMap, HashMap};

use super::candidate::PostPair;

/// What `compare` finds in pairs, in order, with what `load` makes of both posts, and at most `room` posts at hand besides the
/// two. Pairs of which one cannot be loaded are left out.
pub(super) fn compare<T, R, F: IntoIterator<Item = R>>(
    pairs: &[PostPair],
    room: usize,
    load: impl Fn(usize) -> Option<T>,
    compare: impl Fn((usize, &T), (usize, &T)) -> F,
) -> Vec<R> {
    let mut shelf = Shelf { held: BTreeMap::new(), next: next_uses(pairs), room };
    let mut found = vec![];
    for (number, (a, b)) in pairs.iter().enumerate() {
        let (a, b, at) = (*a as usize, *b as usize, 2 * number);
        let one = shelf.take(at).unwrap_or_else(|| load(a));
        let other = shelf.take(at + 1).unwrap_or_else(|| load(b));
        if let (Some(one), Some(other)) = (&one, &other) {
            found.extend(compare((a, one), (b, other)));
        }
        shelf.put(at, one);
        shelf.put(at + 1, other);
    }
    found
}

/// Uses are numbered: that of the first post of pair `n` is `2 * n`, that of the second the next.
struct Shelf<T> {
    /// By when it is used next; `None` is a post that cannot be loaded.
    held: BTreeMap<usize, Option<T>>,
    /// For each use when the same post is used next.
    next: Vec<usize>,
    room: usize,
}

impl<T> Shelf<T> {
    /// What is used now, if it is there.
    fn take(&mut self, at: usize) -> Option<Option<T>> {
        self.held.remove(&at)
    }

    /// Keeps what was used at `at`, if it is used again and before what is on the full shelf.
    fn put(&mut self, at: usize, what: Option<T>) {
        if self.next[at] == NEVER {
            return;
        }
        self.held.insert(self.next[at], what);
        if self.held.len() > self.room {
            self.held.pop_last();
        }
    }
}

/// The use that never comes.
const NEVER: usize = usize::MAX;

fn next_uses(pairs: &[PostPair]) -> Vec<usize> {
    let mut next = vec![NEVER; 2 * pairs.len()];
    let mut known = HashMap::new();
    for (number, (a, b)) in pairs.iter().enumerate().rev() {
        for (at, post) in [(2 * number + 1, b), (2 * number, a)] {
            next[at] = known.insert(*post, at).unwrap_or(NEVER);
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// The posts that are loaded, in order; post 9 cannot be.
    fn loaded(pairs: &[PostPair], room: usize) -> Vec<usize> {
        let loads = RefCell::new(vec![]);
        let load = |post| {
            loads.borrow_mut().push(post);
            (post != 9).then_some(post)
        };
        let compared = compare(pairs, room, load, |(a, one), (b, other)| {
            assert_eq!((a, b), (*one, *other));
            [(u32::try_from(a).expect("small"), u32::try_from(b).expect("small"))]
        });
        let expected: Vec<PostPair> = pairs.iter().copied().filter(|(a, b)| ![*a, *b].contains(&9)).collect();
        assert_eq!(compared, expected);
        loads.into_inner()
    }

    #[test]
    fn what_is_wanted_last_makes_room() {
        let pairs = [(1, 2), (1, 3), (1, 2), (3, 4), (5, 6), (2, 4)];
        assert_eq!(loaded(&pairs, 9), [1, 2, 3, 4, 5, 6]);
        // One place: that of 1 for as long as it is wanted, then that of 2, whose next use is before that of 4.
        assert_eq!(loaded(&pairs, 1), [1, 2, 3, 2, 3, 4, 5, 6, 4]);
        assert_eq!(loaded(&pairs, 0), [1, 2, 1, 3, 1, 2, 3, 4, 5, 6, 2, 4]);
    }

    #[test]
    fn what_cannot_be_loaded_is_tried_once() {
        assert_eq!(loaded(&[(1, 9), (2, 9), (1, 2)], 3), [1, 9, 2]);
    }
}
