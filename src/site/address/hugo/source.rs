//! What the path of a source says: its content folder, its language, and whether it is a page, a bundle or a section.

/// A folder of content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    /// Relative to the site root.
    pub(super) folder: String,
    /// What its files stand below in the content, `docs/` of a mount; empty for all of it.
    pub(super) below: String,
    /// The language of its files, where they do not say another.
    pub(super) language: usize,
}

impl Root {
    /// What addresses of its files begin with, below that of the language: empty, or `/docs`.
    pub(super) fn prefix(&self) -> String {
        if self.below.is_empty() { String::new() } else { format!("/{}", self.below) }
    }
}

/// A language of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Language {
    /// In lower case.
    pub(super) name: String,
    /// Where its pages stand: `/zh`, or empty.
    pub(super) prefix: String,
    /// Nothing is made in it.
    pub(super) is_disabled: bool,
}

/// What a source makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `a.md`
    Page,
    /// `a/index.md`
    Bundle,
    /// `a/_index.md`
    Section,
    /// `_index.md`
    Home,
}

/// What a path says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source<'p> {
    /// The kind of page.
    pub(super) kind: Kind,
    /// The folders above it, without its own; empty, or `a/b`.
    pub(super) folder: &'p str,
    /// Its name without extension and language; that of its folder for bundles and sections.
    pub(super) name: &'p str,
    /// Which language.
    pub(super) language: usize,
    /// Where it stands in a mount (see `Root`).
    pub(super) below: &'p str,
    /// The folder that the file is in, relative to the site root.
    pub(super) own_folder: &'p str,
}

impl<'p> Source<'p> {
    /// Reads a path; `None` for what is no content.
    pub(super) fn read(path: &'p str, root: &'p Root, languages: &[Language]) -> Option<Self> {
        let inside = path.strip_prefix(&*root.folder)?.strip_prefix('/')?;
        let (above, file) = inside.rsplit_once('/').unwrap_or(("", inside));
        let (stem, _) = file.rsplit_once('.')?;
        let suffix = stem.rsplit_once('.').and_then(|(name, suffix)| {
            Some((name, languages.iter().position(|language| language.name == suffix.to_lowercase())?))
        });
        let (name, language) = suffix.unwrap_or((stem, root.language));
        let kind = match name {
            "index" => Kind::Bundle,
            "_index" if above.is_empty() && root.below.is_empty() => Kind::Home,
            "_index" => Kind::Section,
            _ => Kind::Page,
        };
        let own_folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (folder, name) = match kind {
            Kind::Page => (above, name),
            _ => above.rsplit_once('/').unwrap_or(("", above)),
        };
        Some(Source { kind, folder, name, language, below: &root.below, own_folder })
    }

    /// The folders above it, from the first on.
    pub(super) fn folders(&self) -> Vec<&'p str> {
        self.below.split('/').chain(self.folder.split('/')).filter(|folder| !folder.is_empty()).collect()
    }

    /// Whether it is a page, not a list of pages.
    pub(super) fn is_page(&self) -> bool {
        matches!(self.kind, Kind::Page | Kind::Bundle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let language = |name: &str| Language { name: name.to_owned(), prefix: String::new(), is_disabled: false };
        let languages = [language("en"), language("zh-cn")];
        let root = Root { folder: "content".to_owned(), below: String::new(), language: 0 };
        for (path, expected) in [
            ("content/a.md", Some((Kind::Page, "", "a", 0))),
            ("content/x/y/a.b.md", Some((Kind::Page, "x/y", "a.b", 0))),
            ("content/x/A.ZH-CN.md", Some((Kind::Page, "x", "A", 1))),
            ("content/x/a/index.zh-cn.md", Some((Kind::Bundle, "x", "a", 1))),
            ("content/x/y/_index.md", Some((Kind::Section, "x", "y", 0))),
            ("content/_index.md", Some((Kind::Home, "", "", 0))),
            ("contents/a.md", None),
        ] {
            let found = Source::read(path, &root, &languages);
            let found = found.map(|found| (found.kind, found.folder, found.name, found.language));
            assert_eq!(found, expected, "{path}");
        }
    }
}
