//! What a pattern cannot match without: a small set of literal texts of which every match contains one. One search for the
//! literals of all patterns then leaves a handful of candidates for the regular expressions.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

/// The most literals of one pattern; a larger set is no help.
const MOST: usize = 64;
/// The shortest literal worth searching for, in bytes: two Latin letters or one Chinese character.
const SHORTEST: usize = 2;

/// Lower-case texts of which every match of `hir` contains one (in any case); empty when there is no useful set.
pub(super) fn required(hir: &Hir) -> Vec<String> {
    find(hir).filter(|set| set.iter().all(|text| text.len() >= SHORTEST)).unwrap_or_default()
}

fn find(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Concat(parts) => best_of_concat(parts),
        HirKind::Alternation(branches) => {
            let mut all = vec![];
            for branch in branches {
                all.extend(find(branch)?);
            }
            all.sort();
            all.dedup();
            (all.len() <= MOST).then_some(all)
        }
        HirKind::Capture(capture) => find(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => find(&repetition.sub),
        HirKind::Class(Class::Unicode(class)) => letters(class),
        _ => exact(hir).map(|text| vec![text]),
    }
}

/// The best set among the runs of exact texts and the other parts: the one whose shortest text is longest,
/// and of those the smallest.
fn best_of_concat(parts: &[Hir]) -> Option<Vec<String>> {
    let mut best: Option<Vec<String>> = None;
    let mut consider = |set: Vec<String>| {
        let rarest = |set: &Vec<String>| set.iter().map(|text| rarity(text)).min().unwrap_or(0);
        let worth = |set: &Vec<String>| (rarest(set), std::cmp::Reverse(set.len()));
        if !set.is_empty() && best.as_ref().is_none_or(|old| worth(old) < worth(&set)) {
            best = Some(set);
        }
    };
    let mut run = String::new();
    for part in parts {
        if let Some(text) = exact(part) {
            run.push_str(&text);
            continue;
        }
        consider(non_empty(&mut run));
        if let Some(set) = find(part) {
            consider(set);
        }
    }
    consider(non_empty(&mut run));
    best
}

/// How seldom a literal is met: a Chinese character says more than a Latin letter, and less than two.
fn rarity(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 2 } else { 3 }).sum()
}

fn non_empty(run: &mut String) -> Vec<String> {
    if run.is_empty() { vec![] } else { vec![std::mem::take(run)] }
}

/// The one text (lower case) that `hir` matches, if it matches one text only, case aside.
/// Line feeds are left out: a literal never reaches into the next region.
fn exact(hir: &Hir) -> Option<String> {
    match hir.kind() {
        HirKind::Literal(literal) if literal.0.contains(&b'\n') => None,
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_ascii_lowercase),
        HirKind::Class(Class::Unicode(class)) => {
            let mut folded = class.iter().flat_map(|range| range.start()..=range.end()).take(4).map(fold);
            let first = folded.next()?;
            folded.all(|c| c == first).then(|| first.to_string())
        }
        HirKind::Capture(capture) => exact(&capture.sub),
        _ => None,
    }
}

/// The letters of a small class, each a literal: `[上下]` is two.
fn letters(class: &ClassUnicode) -> Option<Vec<String>> {
    let mut all: Vec<String> =
        class.iter().flat_map(|range| range.start()..=range.end()).take(MOST + 1).map(fold).map(String::from).collect();
    let is_small = all.len() <= MOST && !all.is_empty() && !all.iter().any(|letter| letter == "\n");
    all.sort();
    all.dedup();
    is_small.then_some(all)
}

/// Lower case, and the two letters outside ASCII that regular expressions fold onto ASCII letters.
fn fold(c: char) -> char {
    match c {
        '\u{17F}' => 's',
        '\u{212A}' => 'k',
        _ => c.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(pattern: &str) -> Vec<String> {
        required(&super::super::parse(pattern).expect("a good pattern"))
    }

    #[test]
    fn finds_what_every_match_contains() {
        assert_eq!(literals("^返回.{0,10}$"), ["返回"]);
        assert_eq!(literals("(?i)sponsored"), ["sponsored"]);
        assert_eq!(literals(r"(?i)read\s+more"), ["read"]);
        assert_eq!(literals("上一篇|下一篇"), ["上一篇", "下一篇"]);
        assert_eq!(literals(r"(?:微信|QQ群)：\d+"), ["qq群", "微信"]);
        assert_eq!(literals(r"\d{5,}"), Vec::<String>::new());
        assert_eq!(literals("x?"), Vec::<String>::new());
        assert_eq!(literals("[上下]架"), ["架"]);
        assert_eq!(literals(r"^(?:前|后)\d+$"), ["前", "后"]);
        assert_eq!(literals(r"^[ab]\d"), Vec::<String>::new());
    }
}
