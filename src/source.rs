//! One file's text, decoded once, and positions in it. Bytes inside, lines outside: a `Span` counts bytes of the decoded
//! text, and lines exist only through `LineIndex`, which emitters and the command line use.

use std::ops::Range;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use serde::{Deserialize, Serialize};

/// The largest file that is read, in bytes. A post is a text a person reads; a bigger file is data under a post's name.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// How much of a file is shown to the encoding detector, in bytes: on whole files it runs at 9 MB/s.
const DETECTION_WINDOW: usize = 16 * 1024;

/// A half-open range of bytes in a source's text; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`.
    ///
    /// # Panics
    /// If an end does not fit 32 bits; `MAX_BYTES` keeps every source far below that.
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |at: usize| u32::try_from(at).expect("sources are smaller than 4 GB");
        Self { start: narrow(start), end: narrow(end) }
    }

    /// The empty span at `at`.
    pub fn at(at: usize) -> Self {
        Self::new(at, at)
    }

    /// The span as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte, or one is an empty span inside the other.
    pub fn overlaps(self, other: Span) -> bool {
        if self.is_empty() || other.is_empty() {
            return self.start <= other.end && other.start <= self.end;
        }
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span in a text that has `by` more bytes in front.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start as usize + by, self.end as usize + by)
    }
}

/// One file's text and how its bytes became text.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path relative to the site root, with `/`.
    pub path: Arc<str>,
    /// The decoded text; a byte order mark, if any, is its first character. Line endings are as in the file.
    pub text: Arc<str>,
    /// How the text was decoded.
    pub decoded: Decoded,
}

/// How a file's bytes became text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The encoding that was used.
    pub encoding: &'static Encoding,
    /// Whether some bytes had no meaning in that encoding and became U+FFFD.
    pub lossy: bool,
    /// Offset *in the file* of the first byte that is not UTF-8, if the file is not UTF-8.
    pub first_bad_byte: Option<usize>,
}

impl Source {
    /// A source from text that is already decoded (standard input of an editor, an example of a lint).
    pub fn from_text(path: &str, text: &str) -> Self {
        let decoded = Decoded { encoding: UTF_8, lossy: false, first_bad_byte: None };
        Self { path: path.into(), text: text.into(), decoded }
    }

    /// Decodes the bytes of a file: byte order mark, strict UTF-8, else what the detector takes the first 16 kB for.
    pub fn from_bytes(path: &str, bytes: &[u8]) -> Self {
        // The same as `std::str::from_utf8`, and several times as fast where text is not ASCII.
        if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
            return Self::from_text(path, &text);
        }
        let encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| encoding);
        let (text, lossy) = encoding.decode_without_bom_handling(bytes);
        let first_bad_byte = std::str::from_utf8(bytes).err().map(|error| error.valid_up_to());
        Self { path: path.into(), text: text.as_ref().into(), decoded: Decoded { encoding, lossy, first_bad_byte } }
    }

    /// The marked text.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }
}

/// The likeliest encoding of bytes that are not UTF-8. Text that is UTF-8 but for a cut at its very end, or for a few bad
/// bytes in the midst of good multi-byte characters, stays UTF-8: the detector never answers that.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let window = &bytes[..bytes.len().min(DETECTION_WINDOW)];
    detector.feed(window, window.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether valid multi-byte UTF-8 characters outnumber the invalid sequences by ten to one.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes[..bytes.len().min(DETECTION_WINDOW)].utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let cut_at_end = bytes.utf8_chunks().next().is_some_and(|first| first.valid().len() + 3 >= bytes.len());
    cut_at_end && good > 0 || good > 10 * bad
}

/// A position as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
}

/// Where the lines of a text begin. Lines end at LF, as in git, grep and most editors; a CR before it belongs to the end.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// The index of a text, in one pass.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| Span::at(at + 1).start));
        Self { starts }
    }

    /// The number of the line, from 1, that holds the byte `at`.
    pub fn line(&self, at: u32) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// The line and column of the byte `at` of `text`, the text the index was made of.
    pub fn line_column(&self, text: &str, at: u32) -> LineColumn {
        let line = self.line(at);
        let start = self.starts[line - 1] as usize;
        LineColumn { line, column: text[start..at as usize].chars().count() + 1 }
    }

    /// The text of line `line` (from 1) without its ending, as a span.
    pub fn line_span(&self, text: &str, line: usize) -> Span {
        let start = self.starts[line - 1] as usize;
        let end = self.starts.get(line).map_or(text.len(), |next| *next as usize);
        Span::new(start, start + text[start..end].trim_end_matches(['\r', '\n']).len())
    }

    /// How many lines there are; at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_the_detector_knows() {
        let gbk = encoding_rs::GBK.encode("银行的服务群众无小事，我们说").0.into_owned();
        let source = Source::from_bytes("a.md", &gbk);
        assert_eq!(&*source.text, "银行的服务群众无小事，我们说");
        assert_eq!(source.decoded.encoding, encoding_rs::GBK);
        assert_eq!(source.decoded.first_bad_byte, Some(0));
        let big5 = encoding_rs::BIG5.encode("這是一個繁體中文的網站，歡迎光臨").0.into_owned();
        assert_eq!(Source::from_bytes("a.md", &big5).decoded.encoding, encoding_rs::BIG5);
        let sjis = encoding_rs::SHIFT_JIS.encode("これは日本語の文章です。よろしく").0.into_owned();
        assert_eq!(Source::from_bytes("a.md", &sjis).decoded.encoding, encoding_rs::SHIFT_JIS);
    }

    #[test]
    fn utf8_cut_in_a_character_stays_utf8() {
        let mut bytes = "中文文章".as_bytes().to_vec();
        bytes.pop();
        let source = Source::from_bytes("a.md", &bytes);
        assert!(source.text.starts_with("中文文"));
        assert!(source.decoded.lossy);
        assert_eq!(source.decoded.first_bad_byte, Some(9));
    }

    #[test]
    fn counts_columns_in_characters() {
        let text = "ab\r\n中文x\n";
        let index = LineIndex::new(text);
        assert_eq!(index.line_column(text, 10), LineColumn { line: 2, column: 3 });
        assert_eq!(&text[index.line_span(text, 1).range()], "ab");
        assert_eq!(index.count(), 3);
    }
}
