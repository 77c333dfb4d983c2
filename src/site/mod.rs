//! A site generator's habits, as data: where its posts live, how it reads front matter, names, dates and template tags. One
//! file for each generator, in the same order of fields, so that two can be read side by side. Knows nothing of posts' text:
//! what is decided here follows from a path, a file name, a date or the site's own configuration.

pub mod address;
pub mod anchor;
pub mod astro;
pub mod date;
pub mod detect;
pub mod docusaurus;
pub mod eleventy;
pub mod file_name;
pub mod hexo;
pub mod hugo;
pub mod jekyll;
pub mod mkdocs;
pub mod plain;
pub mod role;
pub mod vitepress;
pub mod zola;

/// All generators, in the order of detection: those with a file of their own before those that share `config.toml` or
/// `_config.yml`, and the profile of no generator last.
pub const PROFILES: &[&Profile] = &[
    &docusaurus::DOCUSAURUS,
    &vitepress::VITEPRESS,
    &eleventy::ELEVENTY,
    &astro::ASTRO,
    &mkdocs::MKDOCS,
    &hugo::HUGO,
    &zola::ZOLA,
    &hexo::HEXO,
    &jekyll::JEKYLL,
    &plain::PLAIN,
];

/// The profile with this name in configuration.
pub fn profile(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().copied().find(|profile| profile.name == name)
}

/// What is known of a generator. A table of data, not a trait: a profile has no behaviour of its own.
#[derive(Debug)]
pub struct Profile {
    /// Name in configuration and in levels by generator: `jekyll`.
    pub name: &'static str,
    /// Name in messages: `Jekyll`.
    pub title: &'static str,
    /// Files of the site root that give the generator away; any one is enough. Tried in the order of `PROFILES`.
    pub marks: &'static [Mark],
    /// Folders below the site root that hold content, most specific first; `""` is the root itself.
    /// When none of them exists, the site root itself is taken for a folder of posts.
    pub content: &'static [&'static str],
    /// Names of folders (or of a folder in a folder, `blog/posts`) whose files are dated posts, wherever they stand below
    /// `content`. Empty: every file that is not an index.
    pub posts: &'static [&'static str],
    /// The folder that the site is written to, unless the configuration names another; empty where it is none that is seen.
    pub output: &'static str,
    /// Folder names that are never entered: output, layouts, dependencies. Names that begin with `_` hold at any depth, the
    /// others at the top of the site only: `content/public/` is content.
    pub skip: &'static [&'static str],
    /// File stems that make a page that lists others (`_index`, `index` in a section): not posts.
    pub index: &'static [&'static str],
    /// File name extensions of content, in lower case. Where `posts` names folders, `html` outside them is a template.
    pub extensions: &'static [&'static str],
    /// Whether a file outside the posts folders is content only when it has front matter (Jekyll copies others as they are).
    pub pages_need_front_matter: bool,
    /// How front matter is delimited.
    pub front_matter: Dialect,
    /// What becomes of a post without front matter, to follow "{generator} will".
    pub without_front_matter: &'static str,
    /// What the generator does with a key that is set twice, to follow "{generator}".
    pub duplicate_key: &'static str,
    /// Known top-level keys of front matter, with their types.
    pub keys: &'static [Key],
    /// Whether keys outside `keys` are refused or dropped (Zola); elsewhere themes define their own.
    pub closed_keys: bool,
    /// How file names carry dates.
    pub file_name: FileName,
    /// Which dates the generator accepts in front matter.
    pub dates: Dates,
    /// Whether posts dated in the future are left out of the build by default.
    pub hides_future: bool,
    /// How a string under `tags` or `categories` is read.
    pub string_list: StringList,
    /// Template tags that the generator renders: never prose.
    pub templates: &'static [Delimiters],
}

/// A file whose presence, and optionally content, gives a generator away.
#[derive(Debug)]
pub struct Mark {
    /// Path below the site root.
    pub file: &'static str,
    /// Text that the file must contain; empty for any.
    pub contains: &'static str,
}

/// How front matter is delimited. Exact rules with sources stand in `post/front_matter/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `---` … `---` or `...` (Jekyll).
    Jekyll,
    /// `---`, `;;;`, or no opening line at all (Hexo).
    Hexo,
    /// `---`, `+++`, `{` (Hugo).
    Hugo,
    /// `+++` or `---`, leading blank space allowed (Zola).
    Zola,
    /// gray-matter: `---` as the first three characters, the fourth not `-` (Eleventy, VitePress, Docusaurus, Astro).
    GrayMatter,
    /// `---` … `---` or `...` on lines of their own (MkDocs).
    MkDocs,
    /// Any of `---`, `+++`, `;;;` that opens the file, read leniently (no generator known).
    Any,
}

/// A known key of front matter.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What its value must be.
    pub kind: Kind,
    /// How badly it is needed in a post.
    pub need: Need,
}

impl Key {
    /// A key that may be left out.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Key { name, kind, need: Need::Optional }
    }

    /// The same key where a good post has it.
    pub const fn expected(self) -> Self {
        Key { need: Need::Expected, ..self }
    }

    /// The same key where the build stops without it.
    pub const fn required(self) -> Self {
        Key { need: Need::Required, ..self }
    }
}

/// The type of a key's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text; a number or a date there is a mistake.
    Text,
    /// `true` or `false`.
    Bool,
    /// A date in the profile's `Dates`.
    Date,
    /// A number.
    Number,
    /// A list of texts, or one text where the generator takes that.
    List,
    /// Anything.
    Any,
}

/// How badly a key is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// May be left out.
    Optional,
    /// A good post has it.
    Expected,
    /// The build stops without it.
    Required,
}

/// How file names carry dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileName {
    /// `YYYY-MM-DD-slug.ext` or the file is silently no post (Jekyll, in its posts folders).
    DateRequired,
    /// A leading `YYYY-MM-DD` and `-` or `_` is taken for the date, the rest for the slug.
    DatePrefix,
    /// A date in the name has no meaning.
    Free,
}

/// Which dates a generator accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// Ruby's `Time.parse`: very lenient (Jekyll).
    Ruby,
    /// JavaScript's `new Date()` (Hexo, Docusaurus, VitePress, Astro).
    JavaScript,
    /// RFC 3339, local date-time, or `YYYY-MM-DD` (Zola).
    Rfc3339,
    /// The layouts of Go's `cast` (Hugo).
    Go,
    /// ISO 8601, or `Last Modified`, `Created`, `git Last Modified`, `git Created` (Eleventy).
    Eleventy,
    /// A YAML date, not a string (MkDocs).
    Yaml,
    /// Anything a person or one of the above would take for a date.
    Any,
}

/// How a string where a list is expected is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StringList {
    /// Split at blanks (Jekyll).
    SplitAtBlanks,
    /// One item, whatever it contains (Hexo, Hugo, Eleventy).
    OneItem,
    /// An error (Docusaurus, Zola, MkDocs).
    Refused,
    /// Not known.
    Unknown,
}

/// Opening and closing text of a template tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delimiters {
    /// `{{`
    pub open: &'static str,
    /// `}}`
    pub close: &'static str,
}

/// What a file of a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// An article.
    Post,
    /// A page that is not an article, or a page that lists others.
    Page,
}

/// A site: its generator and what its own configuration changes.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// The generator.
    pub profile: &'static Profile,
    /// Whether posts dated in the future are published (`future: true` in the site's configuration, or the profile's default).
    pub publishes_future: bool,
    /// Whether one of the profile's content folders exists. If not, the site root itself is a folder of posts.
    pub has_content_folder: bool,
    /// The folder below the site root that the generator works in (`docs` of a project with its site there); empty for the
    /// root itself. Content folders are below it.
    pub base: &'static str,
}

impl Site {
    /// A folder of posts for this generator, with nothing known but its defaults.
    pub const fn of(profile: &'static Profile) -> Self {
        Site { profile, publishes_future: !profile.hides_future, has_content_folder: false, base: "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_has_a_name_of_its_own() {
        for (at, one) in PROFILES.iter().enumerate() {
            assert_eq!(profile(one.name).map(|found| found.title), Some(one.title));
            assert!(PROFILES[at + 1..].iter().all(|other| other.name != one.name), "{}", one.name);
        }
        assert!(profile("Jekyll").is_none());
    }

    #[test]
    fn every_profile_knows_titles_and_no_key_twice() {
        for profile in PROFILES {
            assert!(profile.keys.iter().any(|key| key.name == "title"), "{}", profile.name);
            for (at, key) in profile.keys.iter().enumerate() {
                let again = profile.keys[at + 1..].iter().any(|other| other.name == key.name);
                assert!(!again, "{} knows `{}` twice", profile.name, key.name);
            }
        }
    }

    #[test]
    fn template_tags_that_begin_alike_stand_longest_first() {
        for profile in PROFILES {
            for (at, tag) in profile.templates.iter().enumerate() {
                let hidden = profile.templates[at + 1..].iter().find(|later| later.open.starts_with(tag.open));
                assert!(hidden.is_none(), "{}: {hidden:?} is never tried", profile.name);
            }
        }
    }
}
