//! Puts right what lints marked, text by text, until nothing is left to do. Nothing is written: the desk holds the new texts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Desk;
use crate::diagnostic::{Diagnostic, Edit, Failure, Level};
use crate::fix;
use crate::post::{DefectKind, Post};
use crate::site::Role;
use crate::source::{Source, Span};

/// So many times fixes are made anew on what fixes left: one may uncover another. No chain of real ones is longer.
const ROUNDS: usize = 10;

/// What was put right.
#[derive(Debug, Default)]
pub struct Mended {
    /// The posts that are other ones now, sorted by path.
    pub posts: Vec<MendedPost>,
    /// Posts that have other names now, sorted by path.
    pub renamed: Vec<Renamed>,
    /// Posts that were left as they are, and why.
    pub refused: Vec<Failure>,
}

/// A post that got another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Its path before.
    pub from: Arc<str>,
    /// Its path now.
    pub to: Arc<str>,
    /// The lint that asked for it.
    pub lint: Arc<str>,
}

/// A post that was put right.
#[derive(Debug)]
pub struct MendedPost {
    /// Article or page.
    pub role: Role,
    /// What was read.
    pub before: Source,
    /// What it became.
    pub after: Source,
    /// How many diagnostics of each lint were put right.
    pub fixed: BTreeMap<Arc<str>, usize>,
}

impl Desk {
    /// Makes the fixes of the diagnostics for which `wants` holds, and of those that come up then. A post that a fix would
    /// damage is left as it is.
    pub fn mend(&mut self, wants: &dyn Fn(&Diagnostic) -> bool) -> Mended {
        let mut posts: BTreeMap<Arc<str>, MendedPost> = BTreeMap::new();
        let mut refused: BTreeMap<Arc<str>, Failure> = BTreeMap::new();
        for _ in 0..ROUNDS {
            let report = self.report(&|_| true);
            let mut found: BTreeMap<Arc<str>, Vec<&Diagnostic>> = BTreeMap::new();
            let has_edits = |one: &Diagnostic| one.fix.as_ref().is_some_and(|fix| fix.rename.is_none());
            let is_open = |one: &&Diagnostic| one.is_reported() && has_edits(one) && wants(one);
            for one in report.diagnostics.iter().filter(is_open) {
                if !refused.contains_key(&one.place.path) {
                    found.entry(one.place.path.clone()).or_default().push(one);
                }
            }
            if found.is_empty() {
                break;
            }
            for (path, found) in found {
                match self.mend_post(&path, &found, &mut posts) {
                    Ok(()) => {}
                    Err(failure) => _ = refused.insert(path, failure),
                }
            }
        }
        let posts = posts.into_values().filter(|post| post.before.text != post.after.text).collect();
        let renamed = self.give_names(wants, &mut refused);
        Mended { posts, renamed, refused: refused.into_values().collect() }
    }

    /// Makes the fixes of these diagnostics of one post, and of those that come up then in the post by itself, for which `wants`
    /// holds; its text then, if it is another one.
    pub fn mend_alone(
        &mut self,
        path: &Arc<str>,
        first: &[Diagnostic],
        wants: &dyn Fn(&Diagnostic) -> bool,
    ) -> Option<Source> {
        let mut posts = BTreeMap::new();
        let mut found = first.to_vec();
        for _ in 0..ROUNDS {
            let has_edits = |one: &&Diagnostic| one.fix.as_ref().is_some_and(|fix| fix.rename.is_none());
            let wanted: Vec<&Diagnostic> = found.iter().filter(has_edits).filter(|one| wants(one)).collect();
            if wanted.is_empty() || self.mend_post(path, &wanted, &mut posts).is_err() {
                break;
            }
            found = self.alone(path);
        }
        posts.remove(path).map(|post| post.after)
    }

    /// Gives posts the names that fixes have for them. One that another file has is taken.
    fn give_names(
        &mut self,
        wants: &dyn Fn(&Diagnostic) -> bool,
        refused: &mut BTreeMap<Arc<str>, Failure>,
    ) -> Vec<Renamed> {
        let mut renamed = vec![];
        for one in self.report(&|_| true).diagnostics.iter().filter(|one| one.is_reported() && wants(one)) {
            let Some(to) = one.fix.as_ref().and_then(|fix| fix.rename.as_deref()) else { continue };
            let to: Arc<str> = to.into();
            let from = one.place.path.clone();
            if self.source(&to).is_some() || self.folder_has(&to) {
                let error = format!("not renamed: {to} is there already");
                refused.insert(
                    from.clone(),
                    Failure { path: from, error, help: "give one of the two another name".into() },
                );
                continue;
            }
            self.rename(&from, &to);
            renamed.push(Renamed { from, to, lint: one.lint.clone() });
        }
        renamed
    }

    /// Whether anything on disk has this path.
    fn folder_has(&self, path: &str) -> bool {
        self.root.join(path).symlink_metadata().is_ok()
    }

    /// Gives a post on the desk another path.
    pub fn rename(&mut self, from: &Arc<str>, to: &Arc<str>) {
        let (Some(source), Some(examined)) = (self.source(from), self.posts.remove(from)) else { return };
        self.texts.remove(from);
        self.update(Source { path: to.clone(), ..source }, examined.facts.role);
    }

    /// Makes the fixes of one post that do not get into each other's way.
    fn mend_post(
        &mut self,
        path: &Arc<str>,
        found: &[&Diagnostic],
        posts: &mut BTreeMap<Arc<str>, MendedPost>,
    ) -> Result<(), Failure> {
        let refuse = |why: &str| Failure {
            path: path.clone(),
            error: format!("not fixed: {why}"),
            help: "repair it by hand, and report it: a fix must not do that".to_owned(),
        };
        let (Some(before), Some(examined)) = (self.source(path), self.posts.get(path)) else { return Ok(()) };
        let role = examined.facts.role;
        let errors = errors(&examined.diagnostics);
        let (chosen, edits) = chosen(found);
        let text = fix::apply(&before.text, &edits).map_err(|_| refuse("its edits do not fit the text"))?;
        let after = Source { text: text.into(), ..before.clone() };
        let site = &self.plan.site;
        let (old, new) = (Post::parse(before.clone(), site, role), Post::parse(after.clone(), site, role));
        let damage = damage(&old, &new, &edits);
        self.update(after.clone(), role);
        let is_worse = || {
            let now = self.posts.get(path).map(|examined| self::errors(&examined.diagnostics)).unwrap_or_default();
            now.iter().any(|(lint, count)| errors.get(lint).is_none_or(|before| count > before))
        };
        if let Some(why) = damage.or_else(|| is_worse().then_some("new errors would come up")) {
            self.update(before, role);
            return Err(refuse(why));
        }
        let post = posts.entry(path.clone()).or_insert_with(|| MendedPost {
            role,
            after: before.clone(),
            before,
            fixed: BTreeMap::new(),
        });
        post.after = after;
        chosen.iter().for_each(|one| *post.fixed.entry(one.lint.clone()).or_default() += one.count());
        Ok(())
    }
}

/// The diagnostics whose edits touch none of those before them, and these edits in order of position.
fn chosen<'a>(found: &[&'a Diagnostic]) -> (Vec<&'a Diagnostic>, Vec<Edit>) {
    let mut taken: BTreeSet<Span> = BTreeSet::new();
    let (mut chosen, mut edits) = (vec![], vec![]);
    for one in found {
        let own = one.fix.as_ref().map_or(&[][..], |fix| &fix.edits);
        // What only touches is left for the next round, too: which of the two comes first would decide.
        let meets = |span: Span| {
            let before = taken.range(..Span { start: span.end, end: u32::MAX }).next_back();
            before.is_some_and(|other| other.end >= span.start)
        };
        if own.iter().any(|edit| meets(edit.span)) {
            continue;
        }
        taken.extend(own.iter().map(|edit| edit.span));
        edits.extend(own.iter().cloned());
        chosen.push(*one);
    }
    edits.sort_by_key(|edit| edit.span);
    (chosen, edits)
}

/// The edits of these diagnostics, in order of position, but for those that touch others before them.
pub fn edits_together(found: &[&Diagnostic]) -> Vec<Edit> {
    chosen(found).1
}

/// How many errors of each lint are reported.
fn errors(diagnostics: &[Diagnostic]) -> BTreeMap<Arc<str>, usize> {
    let mut errors = BTreeMap::new();
    for one in diagnostics.iter().filter(|one| one.is_reported() && one.level == Level::Error) {
        *errors.entry(one.lint.clone()).or_default() += 1;
    }
    errors
}

/// What would be lost if `new` took the place of `old`.
fn damage(old: &Post, new: &Post, edits: &[Edit]) -> Option<&'static str> {
    let keys = |post: &Post| -> BTreeSet<String> {
        post.front.root.entries().iter().filter_map(|(key, _)| key.as_str().map(str::to_owned)).collect()
    };
    if old.front.parsed && !new.front.parsed {
        return Some("its front matter could no longer be read");
    }
    let touches_front = edits.iter().any(|edit| edit.span.start < old.front.span.end);
    // A key may get another name; none may be lost.
    if keys(new).len() < keys(old).len() || !touches_front && keys(old) != keys(new) {
        return Some("its front matter would not be the same");
    }
    let count = |post: &Post, kind: DefectKind| post.defects.iter().filter(|defect| defect.kind == kind).count();
    let kinds = [DefectKind::FenceUnclosed, DefectKind::TooDeep, DefectKind::UndefinedReference];
    let is_worse = kinds.iter().any(|kind| count(new, *kind) > count(old, *kind));
    is_worse.then_some("its structure would break")
}
