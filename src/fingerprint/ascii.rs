//! Runs of ASCII letters, found eight bytes at a time: most text of the world's software is written in them, and a branch for
//! each letter is what reading it would spend most time on.

/// How many bytes are looked at together.
const CHUNK: usize = 8;

/// The highest bit of each byte.
const HIGHEST: u64 = 0x8080_8080_8080_8080;

/// How many ASCII letters stand at the start of `bytes`.
#[inline]
pub(super) fn letters(bytes: &[u8]) -> usize {
    let mut len = 0;
    while let Some(chunk) = bytes[len..].first_chunk() {
        let others = others(u64::from_le_bytes(*chunk));
        if others != 0 {
            return len + first(others);
        }
        len += CHUNK;
    }
    len + bytes[len..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// Calls `visit` with the place of each blank in a text of ASCII letters and blanks, in order.
#[inline]
pub(super) fn each_blank(bytes: &[u8], mut visit: impl FnMut(usize)) {
    let (chunks, rest) = bytes.as_chunks::<CHUNK>();
    for (at, chunk) in (0..).step_by(CHUNK).zip(chunks) {
        // Letters have the second highest bit, a blank has not.
        let mut blanks = (!u64::from_le_bytes(*chunk) << 1) & HIGHEST;
        while blanks != 0 {
            visit(at + first(blanks));
            blanks &= blanks - 1;
        }
    }
    let at = bytes.len() - rest.len();
    rest.iter().enumerate().filter(|(_, byte)| **byte == b' ').for_each(|(blank, _)| visit(at + blank));
}

/// The highest bit of each byte that is no ASCII letter.
#[inline]
fn others(bytes: u64) -> u64 {
    let every = |byte: u8| u64::from_le_bytes([byte; CHUNK]);
    // In lower case and without the highest bit, so that no sum carries into the next byte.
    let lower = (bytes | every(0x20)) & !HIGHEST;
    let from_a = lower + every(0x80 - b'a');
    let past_z = lower + every(0x7F - b'z');
    (!from_a | past_z | bytes) & HIGHEST
}

/// The first byte whose highest bit is set.
#[inline]
fn first(bits: u64) -> usize {
    bits.trailing_zeros() as usize / CHUNK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_a_letter_or_none() {
        for byte in 0..=u8::MAX {
            for len in 1..20 {
                for at in 0..len {
                    let mut bytes = vec![b'm'; len];
                    bytes[at] = byte;
                    assert_eq!(letters(&bytes), if byte.is_ascii_alphabetic() { len } else { at }, "{byte} {at} {len}");
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn blanks_are_where_they_are(text in "[a-zA-Z ]{0,40}") {
            let mut blanks = vec![];
            each_blank(text.as_bytes(), |blank| blanks.push(blank));
            let expected: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
            assert_eq!(blanks, expected);
        }
    }
}
