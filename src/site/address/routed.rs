//! Addresses that the owner of a site tells, because no source does: where a program shows the posts of a folder
//! (`routes:` in `copydesk.yaml`).

use jiff::Timestamp;

use super::config::below;
use super::{Addresses, Addressing, Habits, Home, Makes, Page, Place, Terms};
use crate::spanned::Node;

/// Stands in an address for what names the post.
const ID: &str = "{id}";

/// Endings of entries that are no posts, and of posts that are left out of the check.
const ENDINGS: [&str; 8] = ["md", "mdx", "mdoc", "markdown", "html", "json", "yaml", "yml"];

/// Where the posts of a folder are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The folder, relative to the site root: `src/content/blog`.
    folder: String,
    /// What stands before the id in the address, from the root of the host: `/blog/`.
    before: String,
    /// What stands behind it: `/`.
    behind: String,
}

impl Route {
    /// The route of a folder; `address` is that of its posts from the root of the host, with `{id}` for the name of the post:
    /// `/blog/{id}/`.
    ///
    /// # Errors
    /// When the address is none, in words for its writer.
    pub fn new(folder: &str, address: &str) -> Result<Self, String> {
        let Some((before, behind)) = address.split_once(ID).filter(|(_, behind)| !behind.contains(ID)) else {
            return Err(format!("`{address}` must hold `{ID}` once, which stands for the name of a post"));
        };
        if !before.starts_with('/') {
            return Err(format!("`{address}` must begin with `/`: it is what stands behind the host's name"));
        }
        let folder = folder.trim_start_matches("./").trim_end_matches('/').to_owned();
        Ok(Self { folder, before: before.to_owned(), behind: behind.to_owned() })
    }

    /// The folder, relative to the site root.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    fn address(&self, id: &str) -> String {
        format!("{}{id}{}", self.before, self.behind)
    }

    /// The id in an address of this route.
    fn id<'a>(&self, address: &'a str) -> Option<&'a str> {
        address.strip_prefix(&*self.before)?.strip_suffix(&*self.behind).filter(|id| !id.is_empty())
    }
}

/// By what a post is named in its address: its path in the folder, its front matter. `None` where that does not tell.
pub(super) type Id = fn(&str, &Node) -> Option<String>;

/// The name of a post by its file, unless its `slug` tells another.
pub(super) fn by_file(inside: &str, front: &Node) -> Option<String> {
    if let Some(slug) = front.get("slug") {
        return slug.as_str().filter(|slug| !slug.is_empty()).map(str::to_owned);
    }
    let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
    Some(stem.strip_suffix("/index").unwrap_or(stem).to_owned())
}

/// A site some of whose addresses are told.
#[derive(Debug)]
pub(super) struct Routed {
    site: Addresses,
    /// The route of the deepest folder first.
    routes: Vec<Route>,
    id: Id,
}

impl Routed {
    /// The site with these routes; as it is, where there are none.
    pub(super) fn around(site: Addresses, routes: &[Route], id: Id) -> Addresses {
        let mut routes = routes.to_vec();
        routes.sort_by_key(|route| std::cmp::Reverse(route.folder.len()));
        if routes.is_empty() { site } else { std::sync::Arc::new(Self { site, routes, id }) }
    }

    /// The ids that a path, without the base path, may hold, with their routes.
    fn ids(&self, path: &str) -> Vec<(&Route, String)> {
        let address = format!("{}{path}", self.site.home().base);
        let id = |route: &Route| route.id(&address).map(str::to_owned);
        self.routes.iter().filter_map(|route| Some((route, id(route)?))).collect()
    }
}

impl Addressing for Routed {
    fn home(&self) -> &Home {
        self.site.home()
    }

    fn habits(&self) -> Habits {
        self.site.habits()
    }

    fn place(&self, page: &Page<'_>, now: Timestamp) -> Place {
        let place = self.site.place(page, now);
        let inside = |route: &Route| page.path.strip_prefix(&*route.folder)?.strip_prefix('/');
        let Some((route, inside)) = self.routes.iter().find_map(|route| Some((route, inside(route)?))) else {
            return place;
        };
        let address = (self.id)(inside, page.front).map(|id| route.address(&id).into());
        Place { address, perhaps: vec![], is_undated: false, shift: None, ..place }
    }

    fn files(&self, path: &str) -> Vec<String> {
        let mut files = self.site.files(path);
        for (route, id) in self.ids(path) {
            files.extend(ENDINGS.map(|ending| below(&route.folder, &format!("{id}.{ending}"))));
        }
        files
    }

    fn sources(&self, path: &str) -> Vec<String> {
        self.site.sources(path)
    }

    fn makes(&self, path: &str, terms: &Terms<'_>) -> Makes {
        // Whoever tells where posts are tells what is no post. Numbers are pages of a list, and more segments other lists.
        let is_name = |id: &str| !id.contains('/') && id.contains(|c: char| !c.is_ascii_digit());
        match self.site.makes(path, terms) {
            Makes::Perhaps if self.ids(path).iter().any(|(_, id)| is_name(id)) => Makes::No,
            makes => makes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Role;
    use crate::site::address::none;
    use crate::spanned::yaml;

    fn route(folder: &str, address: &str) -> Route {
        Route::new(folder, address).expect("an address")
    }

    fn site() -> Addresses {
        let routes = [route("posts/", "/blog/{id}/"), route("./posts/old", "/archive-{id}.html")];
        Routed::around(none(), &routes, by_file)
    }

    #[test]
    fn posts_are_where_their_folder_is_shown() {
        for (path, front, address) in [
            ("posts/Sea wall.md", "", "/blog/Sea wall/"),
            ("posts/2024/mud.md", "", "/blog/2024/mud/"),
            ("posts/kelp/index.mdx", "", "/blog/kelp/"),
            ("posts/mud.md", "slug: sand", "/blog/sand/"),
            ("posts/mud.md", "slug: [1]", "?"),
            ("posts/old/foam.md", "", "/archive-foam.html"),
            ("postscript/foam.md", "", "/postscript/foam.md"),
        ] {
            let front = yaml::parse(front).expect("valid");
            let page = Page { path, role: Role::Post, front: &front };
            let place = site().place(&page, Timestamp::UNIX_EPOCH);
            assert_eq!(place.address.as_deref().unwrap_or("?"), address, "{path}");
        }
    }

    #[test]
    fn what_would_be_a_post_is_nothing_else() {
        for (path, makes) in [
            ("/blog/mud/", Makes::No),
            ("/blog/", Makes::Perhaps),
            ("/blog/2/", Makes::Perhaps),
            ("/blog/tags/mud/", Makes::Perhaps),
            ("/blog/mud", Makes::Perhaps),
            ("/about/", Makes::Perhaps),
        ] {
            assert_eq!(site().makes(path, &Terms::default()), makes, "{path}");
        }
        assert!(site().files("/blog/mud/").contains(&"posts/mud.yaml".to_owned()));
    }

    #[test]
    fn an_address_names_the_post_once() {
        for (address, part) in [("/blog/", "`{id}` once"), ("/{id}/{id}", "once"), ("blog/{id}", "begin with `/`")] {
            assert!(Route::new("posts", address).expect_err(address).contains(part), "{address}");
        }
    }
}
