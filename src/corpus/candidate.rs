//! Which pairs of texts are worth an exact comparison. Equal sketches fall into one bucket; no bucket is ever compared all
//! against all: its members are compared with a bounded number of others, chosen by what they contain. So ten thousand copies
//! of one text cost no more than ten thousand texts.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::fingerprint::{BINS, Sketch};

/// Bins in a band: texts that agree in all of one band meet. With 32 bands of 4, 98.6 % of pairs with Jaccard similarity .5
/// or more meet (measured on 1.47 billion pairs), and nearly all from .7 on.
const BAND: usize = 4;

/// Fewest agreeing bins of a pair worth comparing. At similarity .5 the mean is 64 and the standard deviation 5.7.
const LEAST_AGREEING: usize = 46;

/// From so many agreeing bins on, a text needs no place of its own among those that others are compared with.
const SAME: usize = 115;

/// Most texts of a bucket that others are compared with.
const MOST_LEADERS: usize = 32;

/// Simhashes of near-duplicates differ in so many bits at most: above it, most pairs are none.
const NEAR_BITS: u32 = 3;

/// Tables of simhashes: two hashes that differ in `NEAR_BITS` bits agree in one of so many parts.
const TABLES: u32 = NEAR_BITS + 1;

/// Up to so many texts that share a chosen run, or agree in a band, are all compared with each other.
const FEW: usize = 8;

/// How many parts the chosen runs of a site are joined in, to save memory.
const PARTS: u64 = 32;

/// A text that takes part: index of its post, and its sketch.
pub(super) type Entry<'a> = (u32, &'a Sketch);

/// Two posts, the first before the second.
pub(super) type PostPair = (u32, u32);

/// The pairs whose texts may be alike as a whole by their sketches, sorted. `entries` are sorted by post; which of two comes
/// first decides nothing else.
pub(super) fn alike(entries: &[Entry<'_>]) -> Vec<PostPair> {
    let mut alike = [by_minima(entries), by_simhash(entries)].concat();
    alike.par_sort_unstable();
    alike.dedup();
    alike
}

/// The pairs that share chosen runs, and so may share a passage, sorted; and whether these are so many of the runs of one of
/// the two that it may stand in the other one whole.
pub(super) fn sharing(entries: &[Entry<'_>]) -> Vec<(PostPair, bool)> {
    let runs: HashMap<u32, usize> = entries.iter().map(|(post, one)| (*post, one.winnowed.len())).collect();
    // Of a text that stands in another one whole, most chosen runs are chosen there too.
    let holds = |a: u32, b: u32, count: u32| 5 * (count as usize) >= 2 * runs[&a].min(runs[&b]);
    by_runs(entries).into_iter().map(|(a, b, count)| ((a, b), holds(a, b, count))).collect()
}

/// Pairs that agree in a band of minima, and by all minima may be alike.
fn by_minima(entries: &[Entry<'_>]) -> Vec<(u32, u32)> {
    let in_band = |band: usize| {
        let key = |(_, sketch): &Entry<'_>| {
            sketch.minima.0[band * BAND..][..BAND].iter().fold(0, |key: u64, bin| key << 16 | u64::from(*bin))
        };
        let mut keys: Vec<(u64, u32)> = (0..).zip(entries).map(|(at, entry)| (key(entry), at)).collect();
        keys.sort_unstable();
        let mut pairs = vec![];
        for bucket in keys.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
            lead(entries, bucket, &mut pairs);
        }
        pairs
    };
    let bands: Vec<Vec<(u32, u32)>> = (0..BINS / BAND).into_par_iter().map(in_band).collect();
    bands.concat()
}

/// Compares the members of a bucket, in order, with the leaders before them; one unlike any leader becomes a leader. Of a few
/// members each is one.
fn lead(entries: &[Entry<'_>], bucket: &[(u64, u32)], pairs: &mut Vec<(u32, u32)>) {
    let mut leaders: Vec<Entry<'_>> = vec![];
    for (_, at) in bucket {
        let (post, sketch) = entries[*at as usize];
        let mut is_led = false;
        for (leader, other) in &leaders {
            let agreeing = sketch.minima.agreeing(&other.minima);
            if agreeing >= LEAST_AGREEING {
                pairs.push((*leader, post));
            }
            if agreeing >= SAME && bucket.len() > FEW {
                is_led = true;
                break;
            }
        }
        if !is_led && leaders.len() < MOST_LEADERS {
            leaders.push((post, sketch));
        }
    }
}

/// Pairs whose simhashes differ in a few bits.
fn by_simhash(entries: &[Entry<'_>]) -> Vec<(u32, u32)> {
    let in_table = |table: u32| {
        let turned = |hash: u64| hash.rotate_left(table * (u64::BITS / TABLES));
        let mut keys: Vec<(u64, u32)> = entries.iter().map(|(post, one)| (turned(one.simhash), *post)).collect();
        keys.sort_unstable();
        let mut pairs = vec![];
        for bucket in
            keys.chunk_by(|a, b| a.0 >> (u64::BITS - u64::BITS / TABLES) == b.0 >> (u64::BITS - u64::BITS / TABLES))
        {
            for (at, (hash, post)) in bucket.iter().enumerate() {
                let next = bucket[at + 1..].iter().take(MOST_LEADERS);
                let near = next.filter(|(other, _)| simhash::hamming_distance(*hash, *other) <= NEAR_BITS);
                pairs.extend(near.map(|(_, other)| (*post.min(other), *post.max(other))));
            }
        }
        pairs
    };
    let tables: Vec<Vec<(u32, u32)>> = (0..TABLES).into_par_iter().map(in_table).collect();
    tables.concat()
}

/// Pairs that share chosen runs, and how many; sorted.
fn by_runs(entries: &[Entry<'_>]) -> Vec<(u32, u32, u32)> {
    let in_part = |part: u64| {
        let runs = |(post, sketch): &Entry<'_>| {
            let (post, shingles) = (*post, sketch.shingles);
            let own = sketch.winnowed.iter().filter(move |hash| *hash % PARTS == part);
            own.map(move |hash| (*hash, post, shingles)).collect::<Vec<_>>()
        };
        let mut postings: Vec<(u64, u32, u32)> = entries.iter().flat_map(runs).collect();
        postings.sort_unstable();
        let mut pairs = vec![];
        for sharing in postings.chunk_by(|a, b| a.0 == b.0).filter(|sharing| sharing.len() > 1) {
            share(sharing, &mut pairs);
        }
        count(pairs.into_iter().map(|(a, b)| (a, b, 1)).collect())
    };
    let parts: Vec<Vec<(u32, u32, u32)>> = (0..PARTS).into_par_iter().map(in_part).collect();
    count(parts.concat())
}

/// Pairs of the texts that share one chosen run. Many are compared with the longest of them and with their neighbours.
fn share(sharing: &[(u64, u32, u32)], pairs: &mut Vec<(u32, u32)>) {
    let mut pair = |a: u32, b: u32| {
        if a != b {
            pairs.push((a.min(b), a.max(b)));
        }
    };
    if sharing.len() <= FEW {
        for (at, (_, post, _)) in sharing.iter().enumerate() {
            sharing[at + 1..].iter().for_each(|(_, other, _)| pair(*post, *other));
        }
        return;
    }
    let longest = sharing.iter().max_by_key(|(_, post, shingles)| (*shingles, std::cmp::Reverse(*post)));
    let Some((_, longest, _)) = longest else { return };
    for (at, (_, post, _)) in sharing.iter().enumerate() {
        pair(*longest, *post);
        if let Some((_, next, _)) = sharing.get(at + 1).filter(|(_, next, _)| next != longest && post != longest) {
            pair(*post, *next);
        }
    }
}

/// Sums up equal pairs.
fn count(mut pairs: Vec<(u32, u32, u32)>) -> Vec<(u32, u32, u32)> {
    pairs.sort_unstable();
    let sum = |run: &[(u32, u32, u32)]| (run[0].0, run[0].1, run.iter().map(|(_, _, count)| count).sum());
    pairs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(sum).collect()
}
