//! What of a text is compared with other texts: its words in a normal form, overlapping runs of them (shingles), and small
//! sketches of these. `docs/fingerprint.md` is the definition; whatever changes a value here changes `VERSION`, too.
//! Depends on nothing but the text: not on the platform, the standard library's hashers, threads, or the site around it.

mod ascii;
mod fold;
mod hash;
mod majority;
mod minima;
pub mod packed;
mod reader;
mod run;
mod script;
mod shingle;
mod sketch;
mod winnow;
mod words;

pub use hash::{mix, of_text};
pub use minima::{BANDS, BINS, Minima};
pub use run::{Run, Searched, Stretches, common_runs, own_runs};
pub use shingle::{masked_shingle_set, shingle_set};
pub use sketch::Sketch;
pub use winnow::{Selected, WINNOW, Winnow, winnow};
pub use words::{BlockText, Token, TokenKind, WordBlock, Words, code_lines, numbers};

/// Name of the definition that all values here follow. Values of different versions are not to be compared.
pub const VERSION: &str = "copydesk-1";

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
