//! A site generator's habits, as data: where its posts live, how it reads front matter, names, dates and template tags. One
//! file for each generator, in the same order of fields, so that two can be read side by side.

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
    /// Names of folders whose files are dated posts, wherever they stand below `content`. Empty: every file that is not an index.
    pub posts: &'static [&'static str],
    /// Folder names that are never entered: output, layouts, dependencies.
    pub skip: &'static [&'static str],
    /// File stems that make a page that lists others (`_index`, `index` in a section): not posts.
    pub index: &'static [&'static str],
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize, schemars::JsonSchema)]
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
}

/// x
pub fn profile(_name: &str) -> Option<&'static Profile> {
    None
}

impl Site {
    /// x
    pub fn role(&self, _p: &str) -> Option<Role> {
        None
    }
}

/// x
pub const PLAIN: Profile = Profile {
    name: "",
    title: "",
    marks: &[],
    content: &[],
    posts: &[],
    skip: &[],
    index: &[],
    pages_need_front_matter: false,
    front_matter: Dialect::Any,
    without_front_matter: "",
    duplicate_key: "",
    keys: &[],
    closed_keys: false,
    file_name: FileName::Free,
    dates: Dates::Any,
    hides_future: false,
    string_list: StringList::Unknown,
    templates: &[],
};
impl Site {
    /// x
    pub fn of(_p: &'static Profile) -> Site {
        unreachable!()
    }
}
