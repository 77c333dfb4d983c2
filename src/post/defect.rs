//! What the parser had to step over. A defect says what it is and where; whether it matters is for a lint to judge.

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// One thing that the parser stepped over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// What it is.
    pub kind: DefectKind,
    /// The exact place at fault.
    pub span: Span,
    /// Words for the message: the key at fault, the parser's reason, the repaired value.
    pub vars: Vec<(&'static str, String)>,
    /// What would undo it, where that was tried: the bytes, and what stands there afterwards.
    pub repair: Option<(Span, String)>,
}

impl Defect {
    /// A defect that no repair is known for.
    pub fn new(kind: DefectKind, span: Span, vars: Vec<(&'static str, String)>) -> Self {
        Self { kind, span, vars, repair: None }
    }
}

/// The kinds of defects. `lints/README.md` lists the variables that each brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DefectKind {
    /// The bytes are not UTF-8. `encoding`, `byte`.
    NotUtf8,
    /// A byte order mark opens the file.
    ByteOrderMark,
    /// A post without front matter.
    FrontMatterMissing,
    /// Front matter that is opened and never closed.
    FrontMatterUnclosed,
    /// Front matter that does not parse, for a reason that none of the kinds below explains. `format`, `reason`.
    FrontMatterSyntax,
    /// An unquoted value with a `: ` in it. `key`, `quoted`.
    UnquotedColon,
    /// A quoted value that ends before its text does. `key`, `quoted`.
    UnescapedQuote,
    /// An unquoted value that begins with a character YAML gives a meaning to. `key`, `character`, `quoted`.
    SpecialStart,
    /// `key：value` with a full-width colon. `key`.
    FullWidthColon,
    /// `key:value` without a space. `key`.
    NoSpaceAfterColon,
    /// A tab where YAML wants spaces.
    TabIndent,
    /// A key that is set twice. `key`.
    DuplicateKey,
    /// A code fence that is never closed. `fence`.
    FenceUnclosed,
    /// A reference link whose label is not defined. `label`.
    UndefinedReference,
    /// HTML nested too deeply to be read as HTML. `depth`.
    TooDeep,
}

impl DefectKind {
    /// The words that defects of this kind bring, and those that the profile adds.
    pub fn vars(self) -> &'static [&'static str] {
        match self {
            DefectKind::NotUtf8 => &["encoding", "byte"],
            DefectKind::FrontMatterMissing => &["consequence"],
            DefectKind::FrontMatterSyntax => &["format", "reason"],
            DefectKind::UnquotedColon | DefectKind::UnescapedQuote => &["key", "quoted"],
            DefectKind::SpecialStart => &["key", "character", "quoted"],
            DefectKind::FullWidthColon | DefectKind::NoSpaceAfterColon => &["key"],
            DefectKind::DuplicateKey => &["key", "consequence"],
            DefectKind::FenceUnclosed => &["fence"],
            DefectKind::UndefinedReference => &["label"],
            DefectKind::TooDeep => &["depth"],
            DefectKind::ByteOrderMark | DefectKind::FrontMatterUnclosed | DefectKind::TabIndent => &[],
        }
    }
}
