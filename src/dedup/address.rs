//! Where a post is on the finished site, for what is written into other posts: only what is certain, with the likeliest
//! address where it is not.

use jiff::Timestamp;

use crate::fix::Refused;
use crate::fix::write::Folder;
use crate::site::address::{self, Absence, Page, Route};
use crate::site::detect::Files;
use crate::site::{Role, Site};
use crate::spanned::Node;

/// A post whose address is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// Its path, relative to the root.
    pub(super) path: &'a str,
    /// Its front matter.
    pub(super) front: &'a Node,
}

/// The addresses of a site.
#[derive(Debug)]
pub(super) struct Addresses<'a> {
    site: &'a Site,
    model: address::Addresses,
}

impl<'a> Addresses<'a> {
    /// Reads the configuration of the site in this folder.
    pub(super) fn read(site: &'a Site, folder: &Folder, routes: &[Route]) -> Self {
        let read = |path: &str| String::from_utf8(folder.read(path).ok()?).ok();
        let is_folder = |path: &str| folder.has(path).unwrap_or(false) && folder.read(path).is_err();
        let files = Files { read: &read, is_folder: &is_folder, names: &|_| vec![] };
        Self { site, model: address::read(&files, site.profile, site.base, routes) }
    }

    /// The path of a post on the site, without the folder that the whole site may be served under.
    ///
    /// # Errors
    /// When it is not certain.
    pub(super) fn path(&self, asked: Asked<'_>) -> Result<String, Refused> {
        let page = Page { path: asked.path, role: Role::Post, front: asked.front };
        // No day is in the future: the post is, or was, on the site.
        let place = self.model.place(&page, Timestamp::MAX);
        let inside = |address: &str| {
            let inside = address.strip_prefix(&*self.model.home().base).unwrap_or(address);
            inside.to_owned()
        };
        let unsure = |why: &str, likely: Option<String>| {
            let help = match likely {
                Some(likely) => format!("write `address:` into the plan, below the path; it may be {likely}"),
                None => "write `address:` with its address into the plan, below the path".to_owned(),
            };
            Refused::new(format!("its address is not certain: {why}")).help(help)
        };
        let is_known = self.site.profile.name != "plain";
        match place.address.as_deref().map(inside).filter(|_| is_known) {
            _ if place.absent == Some(Absence::Draft) => Err(unsure("it is a draft", None)),
            likely if place.is_undated => Err(unsure("it has no date", likely)),
            Some(likely) if !place.perhaps.is_empty() => {
                Err(unsure("its day depends on the time zone of the build", Some(likely)))
            }
            Some(address) => Ok(address),
            None => Err(unsure(&format!("{} does not tell it from the post", self.site.profile.title), None)),
        }
    }

    /// The whole URL of a path on the site.
    ///
    /// # Errors
    /// When the configuration does not say where the site is.
    pub(super) fn whole(&self, path: &str) -> Result<String, Refused> {
        let home = self.model.home();
        let Some(origin) = &home.origin else {
            let key = match self.site.profile.name {
                "hugo" => "baseURL",
                "zola" => "base_url",
                "mkdocs" => "site_url",
                _ => "url",
            };
            let message = format!("the configuration does not say where the site is (`{key}`)");
            let help = "write `address:` with the whole URL of the post that stays into the plan, below its path";
            return Err(Refused::new(message).help(help));
        };
        Ok(format!("{origin}{}{path}", home.base))
    }
}

#[cfg(test)]
mod tests;
