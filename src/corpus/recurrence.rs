//! By what a block is recognised in another post: its words, but for the day and the numbers under which it was posted there.

use crate::fingerprint::{Token, TokenKind, WordBlock, Words, mix, of_text};

/// Fewest digits of a number that names something: a serial number of a post, a telephone number.
const LEAST_DIGITS: usize = 5;

/// How many words may stand between two parts of a date.
const REACH: usize = 2;

/// A hash of the block in which all dates are one, and all serial numbers. Other numbers stay: lines that differ in them
/// are lines of a table or a report, which are nobody's boilerplate.
pub(super) fn key(words: &Words, block: &WordBlock) -> u64 {
    let tokens = &words.tokens[block.range()];
    if !tokens.iter().any(|token| is_year(words, token) || is_serial(words, token)) {
        return words.block_hash(block);
    }
    let masked = |at: usize| is_serial(words, &tokens[at]) || is_of_date(words, tokens, at);
    (0..tokens.len()).fold(0, |hash, at| mix(hash ^ if masked(at) { 1 } else { of_text(str(words, &tokens[at])) }))
}

fn str<'a>(words: &'a Words, token: &Token) -> &'a str {
    &words.text[token.start as usize..token.end as usize]
}

fn is_serial(words: &Words, token: &Token) -> bool {
    token.kind == TokenKind::Number && str(words, token).len() >= LEAST_DIGITS
}

fn is_year(words: &Words, token: &Token) -> bool {
    token.kind == TokenKind::Number && {
        let text = str(words, token);
        text.len() == 4 && (text.starts_with("19") || text.starts_with("20"))
    }
}

/// Whether the token is a year, or a month or day near one: `2019-05-20`, `2019 年 5 月 20 日`, `20 May 2019`.
fn is_of_date(words: &Words, tokens: &[Token], at: usize) -> bool {
    if tokens[at].kind != TokenKind::Number {
        return false;
    }
    let near = &tokens[at.saturating_sub(2 * REACH)..tokens.len().min(at + REACH + 1)];
    is_year(words, &tokens[at]) || str(words, &tokens[at]).len() <= 2 && near.iter().any(|token| is_year(words, token))
}
