//! Writes what authors could write themselves: suppressions of what is reported. Every post is judged anew with them, and a
//! post of which anything else would change is left alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Desk;
use crate::diagnostic::{Diagnostic, Failure};
use crate::fix::{self, Edit};
use crate::post::Post;
use crate::site::Role;
use crate::source::{Source, Span};
use crate::suppress::insert::{self, Spot};

/// What is to be suppressed.
pub struct Suppressing<'a> {
    /// The posts that are meant.
    pub is_wanted: &'a dyn Fn(&str) -> bool,
    /// The lints that are meant.
    pub is_meant: &'a dyn Fn(&str) -> bool,
    /// Why, for the comments.
    pub reason: &'a str,
}

/// What became of it.
#[derive(Debug, Default)]
pub struct Suppressed {
    /// The posts that get comments, by path.
    pub written: BTreeMap<Arc<str>, Rewritten>,
    /// Where no comment can be written.
    pub failures: Vec<Failure>,
}

/// A post with comments in it.
#[derive(Debug)]
pub struct Rewritten {
    /// The text that the comments were put into.
    pub before: Source,
    /// The text with them.
    pub text: String,
    /// How many diagnostics they hide.
    pub hidden: usize,
}

/// A post on its way.
struct Draft {
    before: Source,
    role: Role,
    /// What is reported of it and meant.
    wanted: Vec<(Arc<str>, Span)>,
    hidden: usize,
    /// What else is reported of it.
    rest: Vec<Said>,
    text: String,
}

/// A diagnostic, wherever it stands.
type Said = (Arc<str>, String);

impl Desk {
    /// The texts of posts in which what is reported of them is suppressed. The desk holds these texts afterwards.
    pub fn suppress(&mut self, order: &Suppressing<'_>) -> Suppressed {
        let mut done = Suppressed::default();
        let mut waiting = self.drafts(order, &mut done.failures);
        for spot in Spot::ALL {
            let tried: Vec<Arc<str>> = waiting.keys().cloned().collect();
            let mut written = BTreeMap::new();
            for path in tried {
                let Some(text) = waiting.get(&path).and_then(|draft| self.text(draft, order.reason, spot)) else {
                    continue;
                };
                let Some(mut draft) = waiting.remove(&path) else { continue };
                self.update(Source::from_text(&path, &text), draft.role);
                draft.text = text;
                written.insert(path, draft);
            }
            let is_written = |path: &str| written.contains_key(path);
            let mut said = if written.is_empty() { BTreeMap::new() } else { self.said(&is_written) };
            for (path, draft) in written {
                let mut now: Vec<Said> = said.remove(&path).unwrap_or_default().iter().map(words).collect();
                now.sort();
                if now == draft.rest {
                    let Draft { before, text, hidden, .. } = draft;
                    done.written.insert(path, Rewritten { before, text, hidden });
                } else {
                    self.update(draft.before.clone(), draft.role);
                    waiting.insert(path, draft);
                }
            }
        }
        done.failures.extend(waiting.into_keys().map(|path| Failure {
            path,
            error: "no comment can be written without changing something else".to_owned(),
            help: "list the lints in its front matter, under `copydesk: {disable: [LINT]}`".to_owned(),
        }));
        done.failures.sort();
        done
    }

    /// The posts that something is to be suppressed in, and why others cannot be written.
    fn drafts(&self, order: &Suppressing<'_>, failures: &mut Vec<Failure>) -> BTreeMap<Arc<str>, Draft> {
        let mut drafts = BTreeMap::new();
        for (path, said) in self.said(order.is_wanted) {
            let is_meant = |one: &&Diagnostic| {
                let is_about = self.plan.number(&one.lint).is_some_and(|lint| self.plan.is_about_suppressions(lint));
                (order.is_meant)(&one.lint) && !is_about
            };
            let (meant, rest): (Vec<&Diagnostic>, Vec<&Diagnostic>) = said.iter().partition(is_meant);
            if meant.is_empty() {
                continue;
            }
            let Some(before) = self.source(&path) else { continue };
            if before.decoded.encoding != encoding_rs::UTF_8 || before.decoded.first_bad_byte.is_some() {
                let error = format!("it is {}, not UTF-8", before.decoded.encoding.name());
                failures.push(Failure { path, error, help: "convert it to UTF-8 first".to_owned() });
                continue;
            }
            let places = |one: &Diagnostic| {
                let spans = std::iter::once(one.place.span).chain(one.also.iter().copied());
                spans.map(|span| (one.lint.clone(), span)).collect::<Vec<_>>()
            };
            let mut rest: Vec<Said> = rest.into_iter().map(words).collect();
            rest.sort();
            let role = self.posts.get(&path).map_or(Role::Post, |post| post.facts.role);
            let wanted = meant.iter().flat_map(|one| places(one)).collect();
            drafts.insert(path, Draft { before, role, wanted, hidden: meant.len(), rest, text: String::new() });
        }
        drafts
    }

    /// The text of a post with directives in that spot, if it reads as before.
    fn text(&self, draft: &Draft, reason: &str, spot: Spot) -> Option<String> {
        let parse = |source: Source| Post::parse(source, &self.plan.site, draft.role);
        let post = parse(draft.before.clone());
        let wanted: Vec<(&str, Span)> = draft.wanted.iter().map(|(lint, span)| (&**lint, *span)).collect();
        let insertions = insert::directives(&post, &wanted, reason, spot)?;
        let edits: Vec<Edit> = insertions.into_iter().map(|one| Edit::insert(one.at, one.text)).collect();
        let text = fix::apply(&draft.before.text, &edits).ok()?;
        insert::reads_the_same(&post, &parse(Source::from_text(&draft.before.path, &text))).then_some(text)
    }

    /// What is reported of the posts that are wanted, by path.
    fn said(&self, is_wanted: &dyn Fn(&str) -> bool) -> BTreeMap<Arc<str>, Vec<Diagnostic>> {
        let mut said: BTreeMap<Arc<str>, Vec<Diagnostic>> = BTreeMap::new();
        for diagnostic in self.report(is_wanted).diagnostics.into_iter().filter(Diagnostic::is_reported) {
            said.entry(diagnostic.place.path.clone()).or_default().push(diagnostic);
        }
        said
    }
}

fn words(diagnostic: &Diagnostic) -> Said {
    (diagnostic.lint.clone(), diagnostic.message.clone())
}
