//! What has to be written into posts when files of the site get other places: the site is looked at as it is and as it will be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Desk;
use crate::corpus::{Corpus, Facts, LinkUse, Move, Renamed, Texts, Wanted};
use crate::diagnostic::Edit;
use crate::post::Post;
use crate::source::{Source, Span};

/// Files and folders that get other places: old and new path of each, relative to the site root.
#[derive(Clone, Debug, Default)]
pub struct Moves(Vec<(String, String)>);

impl Moves {
    /// These moves.
    pub fn new(moves: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(moves.into_iter().filter(|(from, to)| from != to).collect())
    }

    /// Where a file is afterwards.
    fn moved(&self, path: &str) -> String {
        self.0.iter().find_map(|(from, to)| below(path, from, to)).unwrap_or_else(|| path.to_owned())
    }

    /// Where a file was before.
    fn before(&self, path: &str) -> String {
        self.0.iter().find_map(|(from, to)| below(path, to, from)).unwrap_or_else(|| path.to_owned())
    }
}

/// A path at or below `from`, at or below `to` instead.
fn below(path: &str, from: &str, to: &str) -> Option<String> {
    let rest = path.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
    Some(format!("{to}{rest}"))
}

impl Desk {
    /// The edits, by the paths that posts have before, with which links lead where they did once the files have moved. Links
    /// that led nowhere, and those that cannot be written otherwise, are left. Needs a desk that resolves links.
    pub fn moving(&self, moves: &Moves) -> BTreeMap<Arc<str>, Vec<Edit>> {
        self.with_corpus(|before| {
            let texts = Moved { desk: self, moves };
            let after = Corpus::new(self.facts_after(before, moves), &texts, self.addresses.clone());
            let renamed = Move { before, after: &after, moved: &|path| moves.moved(path) }.renamed();
            self.edits(before, &renamed)
        })
    }

    /// The facts of all posts by their new paths, sorted; those of posts that move are read anew, since their addresses may follow
    /// from their paths.
    fn facts_after(&self, before: &Corpus<'_>, moves: &Moves) -> Vec<Arc<Facts>> {
        let wanted = Wanted { texts: false, ..self.wanted.clone() };
        let after = |facts: &Arc<Facts>| {
            let path = moves.moved(&facts.path);
            if path == *facts.path {
                return Some(facts.clone());
            }
            let role = self.plan.site.role(&path)?;
            let source = Source { path: path.into(), ..self.source(&facts.path)? };
            Some(Arc::new(Facts::of(&Post::parse(source, &self.plan.site, role), &self.plan.site, &wanted)))
        };
        let mut all: Vec<Arc<Facts>> = before.posts.par_iter().filter_map(after).collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        // What is moved onto another post takes its place.
        all.dedup_by(|a, b| a.path == b.path);
        all
    }

    fn edits(&self, before: &Corpus<'_>, renamed: &[Renamed]) -> BTreeMap<Arc<str>, Vec<Edit>> {
        let mut all: BTreeMap<Arc<str>, Vec<Edit>> = BTreeMap::new();
        for of_post in renamed.chunk_by(|a, b| a.post == b.post) {
            let path = &before.posts[of_post[0].post].path;
            let Some(source) = self.source(path) else { continue };
            let uses = before.uses(of_post[0].post);
            let mut edits: Vec<Edit> = of_post.iter().filter_map(|one| edit(&source, &uses[one.link], one)).collect();
            edits.sort_by_key(|edit| edit.span);
            // Several links may have one definition.
            edits.dedup_by_key(|edit| edit.span);
            all.insert(path.clone(), edits);
        }
        all.retain(|_, edits| !edits.is_empty());
        all
    }
}

/// The edit in the source: of the name alone where it stands there as it reads, else of the whole address.
fn edit(source: &Source, link: &LinkUse, renamed: &Renamed) -> Option<Edit> {
    let (url, part) = (&*link.url, renamed.part.clone());
    let written = source.text.get(link.target.range())?;
    let mut at = written.match_indices(&url[part.clone()]).map(|(at, _)| at);
    let at = match written.find(url) {
        Some(start) => Some(start + part.start),
        None => at.next().filter(|_| at.next().is_none()),
    };
    if let Some(at) = at {
        let start = link.target.range().start + at;
        return Some(Edit { span: Span::new(start, start + part.len()), text: renamed.name.clone() });
    }
    let text = link.renamed(&part, &renamed.name).url.into();
    (!url.contains('{')).then_some(Edit { span: link.target, text })
}

/// The texts of the site once the files have moved.
struct Moved<'a> {
    desk: &'a Desk,
    moves: &'a Moves,
}

impl Texts for Moved<'_> {
    fn source(&self, path: &str) -> Option<Source> {
        Texts::source(self.desk, &self.moves.before(path))
    }

    fn folder(&self, path: &str) -> Option<Vec<String>> {
        let here = |moved: &str| {
            let rest = if path.is_empty() { moved } else { moved.strip_prefix(path)?.strip_prefix('/')? };
            rest.split('/').next().map(str::to_owned)
        };
        let added: Vec<String> = self.moves.0.iter().filter_map(|(_, to)| here(to)).collect();
        let before = self.moves.before(path);
        let has_left = before == path && self.moves.moved(path) != path;
        let names = if has_left { None } else { Texts::folder(self.desk, &before) };
        let is_gone = |name: &String| {
            let full = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            self.moves.0.iter().any(|(from, _)| *from == full)
        };
        match names {
            None if added.is_empty() => None,
            names => Some(names.into_iter().flatten().filter(|name| !is_gone(name)).chain(added).collect()),
        }
    }

    fn linked(&self, folders: &BTreeSet<&str>) -> Vec<String> {
        Texts::linked(self.desk, folders)
    }
}
