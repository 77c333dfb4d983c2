//! A desk while posts are being written: one text takes the place of another, and one post is spoken of by itself.

use super::Desk;
use crate::diagnostic::{Diagnostic, Edit};
use crate::post::Post;
use crate::site::Role;
use crate::source::{Source, Span};
use crate::suppress::insert::{self, Spot};
use crate::walk;

impl Desk {
    /// Puts one post on the desk, or replaces it, from text that need not be on disk.
    pub fn update(&mut self, source: Source, role: Role) {
        let path = source.path.clone();
        self.texts.insert(path.clone(), source.clone());
        match self.guarded(source, role) {
            Ok(Some(examined)) => _ = self.posts.insert(examined.facts.path.clone(), examined),
            Ok(None) => _ = self.posts.remove(&path),
            Err(failure) => self.fail(failure),
        }
    }

    /// Takes a post off the desk.
    pub fn remove(&mut self, path: &str) {
        self.texts.remove(path);
        self.posts.remove(path);
        self.failures.retain(|failure| *failure.path != *path);
    }

    /// Puts a post on the desk as its file has it, in place of any text that was not saved.
    pub fn reread(&mut self, file: &walk::Found) {
        self.remove(&file.path);
        match self.examine_file(file, &mut vec![]) {
            Ok(Some(examined)) => _ = self.posts.insert(file.path.clone(), examined),
            Ok(None) => {}
            Err(failure) => self.fail(failure),
        }
    }

    /// Takes all posts below a folder off the desk, but for some.
    pub fn remove_below(&mut self, folder: &str, stays: &dyn Fn(&str) -> bool) {
        let is_gone = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')) && !stays(path);
        self.texts.retain(|path, _| !is_gone(path));
        self.posts.retain(|path, _| !is_gone(path));
        self.failures.retain(|failure| !is_gone(&failure.path));
    }

    /// What was asked of the site's files to know where its pages are.
    pub fn asked(&self) -> &walk::Asked {
        &self.asked
    }

    /// Whether the site's files say something else by now of where its pages are. It reads them again.
    pub fn has_moved(&self) -> bool {
        let (addresses, _) = walk::addresses(&self.root, &self.plan.site, &self.plan.routes);
        format!("{addresses:?}") != format!("{:?}", self.addresses)
    }

    /// What is to be said about a post by itself, at once: without what others say about it.
    pub fn alone(&self, path: &str) -> Vec<Diagnostic> {
        let mut diagnostics = self.posts.get(path).map_or(vec![], |post| post.diagnostics.clone());
        self.hide_known(&mut diagnostics, &|_| false);
        diagnostics.retain(Diagnostic::is_reported);
        diagnostics
    }

    /// Where the place in a post is that a fragment names.
    pub fn anchored(&self, path: &str, fragment: &str) -> Option<Span> {
        let role = self.posts.get(path)?.facts.role;
        let post = Post::parse(self.source(path)?, &self.plan.site, role);
        post.anchored(self.addresses.habits().anchors, fragment)
    }

    /// What hides a diagnostic of a lint about a place in a post, for a reason; `None` where that cannot be written.
    pub fn directives(&self, path: &str, (lint, span): (&str, Span), reason: &str, spot: Spot) -> Option<Vec<Edit>> {
        let role = self.posts.get(path)?.facts.role;
        let post = Post::parse(self.source(path)?, &self.plan.site, role);
        let written = insert::directives(&post, &[(lint, span)], reason, spot)?;
        Some(written.into_iter().map(|one| Edit::insert(one.at, one.text)).collect())
    }
}
