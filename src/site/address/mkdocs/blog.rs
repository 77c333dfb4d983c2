//! The blog of Material for MkDocs: `material/plugins/blog/{config,plugin}.py`.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use unicode_normalization::UnicodeNormalization;

use crate::site::anchor::character::{is_letter, is_number, is_python_blank};
use crate::site::{Dates, date};
use crate::spanned::{Node, Value};

/// A blog and its settings.
#[derive(Debug)]
pub(super) struct Blog {
    /// `blog/`, or empty for the whole site.
    folder: String,
    /// What paths of posts begin with.
    posts: String,
    format: String,
    date_format: String,
    most_categories: usize,
    separator: String,
    category_separator: String,
    /// Names become addresses by a function of the site's own.
    has_own_slugs: bool,
    has_own_category_slugs: bool,
    archive: Option<String>,
    archive_date_format: String,
    categories: Option<String>,
    publishes_drafts: bool,
    hides_future: bool,
    pages: String,
    authors: String,
}

impl Blog {
    /// Reads the settings of the plug-in; `None` if the blog is switched off or uses what is not followed here.
    pub(super) fn read(settings: Option<&Node>) -> Option<Self> {
        let node = |key: &str| settings.and_then(|settings| settings.get(key));
        let text =
            |key: &str, usual: &str| node(key).map_or(Some(usual.to_owned()), |node| node.as_str().map(str::to_owned));
        let flag = |key: &str, usual: bool| match node(key).map(|node| &node.value) {
            None => Some(usual),
            Some(Value::Bool(flag)) => Some(*flag),
            Some(_) => None,
        };
        if !flag("enabled", true)? {
            return None;
        }
        let folder = match text("blog_dir", "blog")?.trim_matches('/') {
            "." | "" => String::new(),
            folder => format!("{folder}/"),
        };
        let posts = text("post_dir", "{blog}/posts")?.replace("{blog}", folder.trim_end_matches('/'));
        let most_categories = match node("post_url_max_categories").map(|node| &node.value) {
            None => 1,
            Some(Value::Int(most)) => usize::try_from(*most).ok()?,
            Some(_) => return None,
        };
        let archive = flag("archive", true)?.then(|| text("archive_url_format", "archive/{date}"));
        let categories = flag("categories", true)?.then(|| text("categories_url_format", "category/{slug}"));
        Some(Blog {
            posts: posts.trim_start_matches(['.', '/']).trim_end_matches('/').to_owned(),
            folder,
            format: text("post_url_format", "{date}/{slug}")?,
            date_format: text("post_url_date_format", "yyyy/MM/dd")?,
            most_categories,
            separator: text("post_slugify_separator", "-")?,
            category_separator: text("categories_slugify_separator", "-")?,
            has_own_slugs: node("post_slugify").is_some(),
            has_own_category_slugs: node("categories_slugify").is_some(),
            archive: archive.flatten(),
            archive_date_format: text("archive_url_date_format", "yyyy")?,
            categories: categories.flatten(),
            publishes_drafts: flag("draft", false)?,
            hides_future: flag("draft_if_future_date", false)?,
            pages: text("pagination_url_format", "page/{page}")?,
            authors: text("authors_profiles_url_format", "author/{slug}")?,
        })
    }

    /// Whether a source is a post of the blog.
    pub(super) fn holds(&self, source: &str) -> bool {
        source.strip_prefix(&*self.posts).is_some_and(|rest| rest.starts_with('/') || self.posts.is_empty())
    }

    /// Where a post would have to stand to be where it is; `None` where its source does not tell. Without a `slug`, that is
    /// made of the title, and without that in front matter, of the first heading, which is not seen here.
    pub(super) fn source(&self, source: &str, front: &Node) -> Option<String> {
        let mut path = self.format.clone();
        if path.contains("{date}") {
            path = path.replace("{date}", &formatted(&self.date_format, day(front)?)?);
        }
        if path.contains("{categories}") {
            path = path.replace("{categories}", &self.slugs(front)?.join("/"));
        }
        if path.contains("{file}") {
            let file = source.rsplit('/').next().unwrap_or(source);
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            path = path.replace("{file}", if stem == "README" { "index" } else { stem });
        }
        if path.contains("{slug}") {
            let own = front.get("slug").and_then(Node::as_str).filter(|slug| !slug.is_empty());
            let titled = || front.get("title").and_then(Node::as_str).filter(|_| !self.has_own_slugs);
            let slug = own.map(str::to_owned).or_else(|| Some(slug(titled()?, &self.separator)))?;
            path = path.replace("{slug}", &slug);
        }
        if path.contains(['{', '}']) {
            return None;
        }
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        Some(format!("{}{}.md", self.folder, parts.join("/")))
    }

    /// The slugs of the first categories.
    fn slugs(&self, front: &Node) -> Option<Vec<String>> {
        if self.has_own_category_slugs {
            return None;
        }
        let names = front.get("categories").map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
        Some(names.take(self.most_categories).map(|name| slug(name, &self.category_separator)).collect())
    }

    /// Whether the post is left out.
    pub(super) fn is_draft(&self, front: &Node, now: Timestamp) -> bool {
        match front.get("draft").map(|node| &node.value) {
            _ if self.publishes_drafts => false,
            Some(Value::Bool(is_draft)) => *is_draft,
            _ if !self.hides_future => false,
            _ => day(front)
                .and_then(|day| Offset::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok())
                .is_some_and(|start| start > now),
        }
    }

    /// The sources that lists with this post would have: of its categories and of its year.
    pub(super) fn lists(&self, front: &Node) -> Vec<String> {
        let mut lists = vec![];
        let names = front.get("categories").map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
        lists.extend(names.filter_map(|name| self.category(name)));
        if let (Some(format), Some(day)) = (&self.archive, day(front)) {
            let date = formatted(&self.archive_date_format, day);
            lists.extend(date.map(|date| format!("{}{}.md", self.folder, format.replace("{date}", &date))));
        }
        lists
    }

    /// The source that the list of a category would have.
    pub(super) fn category(&self, name: &str) -> Option<String> {
        let format = self.categories.as_ref().filter(|_| !self.has_own_category_slugs)?;
        Some(format!("{}{}.md", self.folder, format.replace("{slug}", &slug(name, &self.category_separator))))
    }

    /// The page with all posts, which is made if it is not there.
    pub(super) fn entry(&self) -> String {
        format!("{}index.md", self.folder)
    }

    /// Whether a path is that of a list which follows from more than is known here: further pages, authors, years.
    pub(super) fn may_list(&self, path: &str) -> bool {
        let literal = |format: &str| format.split('{').next().unwrap_or_default().to_owned();
        let Some(inside) = path.strip_prefix(&*self.folder) else { return false };
        let further = literal(&self.pages);
        let formats = [Some(&self.authors), self.archive.as_ref(), self.categories.as_ref()];
        let is_list =
            formats.into_iter().flatten().map(|format| literal(format)).any(|start| inside.starts_with(&start));
        // Lists of categories are known, but for their further pages.
        let is_category = self.categories.as_ref().is_some_and(|format| inside.starts_with(&literal(format)));
        let is_further = inside.starts_with(&further) || inside.contains(&format!("/{further}"));
        is_further || is_list && (!is_category || self.has_own_category_slugs)
    }
}

/// `date`, or `date.created`.
fn day(front: &Node) -> Option<Date> {
    let node = front.get("date")?;
    let text = node.as_str().or_else(|| node.get("created")?.as_str())?;
    date::parse(text, Dates::Yaml).ok()?.civil
}

/// A day in a pattern of Babel's; `None` where it holds more than numbers of year, month and day.
fn formatted(pattern: &str, day: Date) -> Option<String> {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let length = rest.len() - rest.trim_start_matches(c).len();
        match (c, length) {
            ('y', 1 | 4) => out.push_str(&day.strftime("%Y").to_string()),
            ('y', 2) => out.push_str(&day.strftime("%y").to_string()),
            ('M', 1) => out.push_str(&day.month().to_string()),
            ('M', 2) => out.push_str(&day.strftime("%m").to_string()),
            ('d', 1) => out.push_str(&day.day().to_string()),
            ('d', 2) => out.push_str(&day.strftime("%d").to_string()),
            ('/' | '-' | '_' | '.', _) => out.push_str(&rest[..length]),
            _ => return None,
        }
        rest = &rest[length..];
    }
    Some(out)
}

/// `pymdownx.slugs.slugify(case="lower")`
fn slug(text: &str, separator: &str) -> String {
    let composed: String = text.nfc().collect();
    let plain = without_tags(&composed).to_lowercase();
    let mut slug = String::new();
    for c in plain.trim_matches(is_python_blank).chars() {
        match c {
            ' ' => slug.push_str(separator),
            '-' => slug.push(c),
            // `\w`
            _ if c == '_' || is_letter(c) || is_number(c) => slug.push(c),
            _ => {}
        }
    }
    slug
}

/// Without `</?[^>]*>`.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let Some((_, after)) = after.split_once('>') else { break };
        out.push_str(before);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As pymdownx 10 makes them.
    #[test]
    fn slugs() {
        for (text, expected) in [
            ("Winch: the long wait", "winch-the-long-wait"),
            ("退潮的港口", "退潮的港口"),
            (" C++ & <b>C#</b> ", "c--c"),
            ("a_b-c  d", "a_b-c--d"),
            ("Ünï ½", "ünï-½"),
            ("a < b", "a--b"),
        ] {
            assert_eq!(slug(text, "-"), expected, "{text}");
        }
    }

    #[test]
    fn dates() {
        let day = jiff::civil::date(2024, 5, 6);
        for (pattern, expected) in
            [("yyyy/MM/dd", Some("2024/05/06")), ("yy-M-d", Some("24-5-6")), ("yyyy", Some("2024")), ("MMM", None)]
        {
            assert_eq!(formatted(pattern, day).as_deref(), expected, "{pattern}");
        }
    }
}
