//! Undoing a wrong decoding: the bytes that a text came from, were it read in an encoding it was not written in, read
//! again as UTF-8. Knows encodings; what is worth telling is for `misread` to say.

use encoding_rs::{Encoder, EncoderResult, Encoding, WINDOWS_1252};

/// Windows-1252 by character: how each byte from 0x80 on is shown.
pub(super) struct Latin {
    /// Sorted by character.
    bytes: Vec<(char, u8)>,
}

impl Latin {
    pub(super) fn new() -> Self {
        let mut bytes: Vec<(char, u8)> = (0x80..=0xFF)
            .filter_map(|byte| {
                let byte = [byte];
                let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
                Some((text.chars().next()?, byte[0]))
            })
            .collect();
        bytes.sort_unstable();
        Self { bytes }
    }

    /// The byte that is shown as `c`. Programs that mean Latin-1 leave the bytes up to 0x9F as control characters.
    fn byte(&self, c: char) -> Option<u8> {
        let known = self.bytes.binary_search_by_key(&c, |(c, _)| *c).ok().map(|at| self.bytes[at].1);
        known.or_else(|| u8::try_from(u32::from(c)).ok().filter(|byte| (0x80..0xA0).contains(byte)))
    }

    /// The character whose UTF-8 bytes are shown as the first characters of `text`, with their length in `text`.
    pub(super) fn character(&self, text: &str) -> Option<(char, usize)> {
        let mut bytes = [0; 4];
        let mut len = 0;
        let mut wanted = 1;
        for (count, c) in text.chars().take(4).enumerate() {
            let byte = self.byte(c)?;
            bytes[count] = byte;
            len += c.len_utf8();
            if count == 0 {
                wanted = match byte {
                    0xC2..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xF4 => 4,
                    _ => return None,
                };
            } else if count + 1 == wanted {
                return Some((std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?, len));
            }
        }
        None
    }
}

/// How many characters are read again at most, on each side of a place.
const REACH: usize = 80;

/// A stretch of a text that makes sense when it is read again.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repair {
    /// Bytes in the text, from its start or up to its end.
    pub(super) len: usize,
    /// What it was meant to be.
    pub(super) text: String,
    /// Whether all of its bytes took part, and the character behind it did not break it off.
    pub(super) is_whole: bool,
}

/// Reads the start of `text` as what it was before it was decoded in `encoding`, as far as that gives UTF-8.
pub(super) fn forward(encoding: &'static Encoding, text: &str) -> Option<Repair> {
    let mut encoder = encoding.new_encoder();
    let mut bytes = Vec::with_capacity(4 * REACH);
    let (mut valid, mut len) = (0, 0);
    for (at, c) in text.char_indices().take(REACH) {
        // ASCII may be the second byte of a character, and is seen as itself only where it is none.
        if c.is_ascii() || !push(&mut encoder, c, &mut bytes) {
            break;
        }
        let (more, is_broken) = match std::str::from_utf8(&bytes[valid..]) {
            Ok(text) => (text.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some()),
        };
        if more > 0 {
            valid += more;
            // What is begun and not valid yet belongs to the stretch: its other half was lost.
            len = at + c.len_utf8();
        }
        if is_broken {
            break;
        }
    }
    let is_whole = valid == bytes.len();
    bytes.truncate(valid);
    let text = String::from_utf8(bytes).ok().filter(|text| !text.is_empty())?;
    Some(Repair { len, text, is_whole })
}

/// The same for the end of `text`: as much as gives UTF-8 up to its last byte.
pub(super) fn backward(encoding: &'static Encoding, text: &str) -> Option<Repair> {
    let tail: Vec<usize> =
        text.char_indices().rev().take(REACH).take_while(|(_, c)| !c.is_ascii()).map(|(at, _)| at).collect();
    tail.into_iter().rev().find_map(|at| {
        let mut encoder = encoding.new_encoder();
        let mut bytes = vec![];
        let fits = text[at..].chars().all(|c| push(&mut encoder, c, &mut bytes));
        let repaired = String::from_utf8(bytes).ok().filter(|_| fits)?;
        Some(Repair { len: text.len() - at, text: repaired, is_whole: true })
    })
}

/// Adds the bytes of `c`; `false` when the encoding has no such character.
fn push(encoder: &mut Encoder, c: char, bytes: &mut Vec<u8>) -> bool {
    let mut written = [0; 16];
    let (result, _, len) =
        encoder.encode_from_utf8_without_replacement(c.encode_utf8(&mut [0; 4]), &mut written, false);
    bytes.extend_from_slice(&written[..len]);
    matches!(result, EncoderResult::InputEmpty)
}
