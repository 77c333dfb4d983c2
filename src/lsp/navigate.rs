//! What is asked about links: where one leads, which ones lead to a post, what can be written. The worker answers: it has the whole
//! site, with the texts that are open.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_server::{ErrorCode, RequestId};
use serde_json::{Value, json};

use super::complete::Offer;
use super::cursor::{self, Writing};
use super::hover::plain;
use super::input::Event;
use super::position::{Encoding, Lines};
use super::server::{Answer, Server};
use super::uri;
use super::worker::Task;
use crate::corpus::{Corpus, LinkUse, Resolved, Verdict};
use crate::desk::{Backdrop, Desk};
use crate::site::address::Absence;
use crate::source::{Source, Span};

/// What is asked about a place in a post.
#[derive(Clone, Copy, Debug)]
pub(super) enum Question {
    /// Where the link leads.
    Definition,
    /// Which links lead to the same post; where there is no link, to this one.
    References,
    /// Which links of the post lead to posts.
    Links,
    /// What is known of where the link leads.
    Hover,
    /// What can be written here.
    Completion,
}

/// A place in a post, as it was when something was asked about it.
struct Place {
    root: PathBuf,
    path: Arc<str>,
    text: String,
    at: usize,
    encoding: Encoding,
    /// What is being written there, where that is asked.
    writing: Option<Writing>,
}

impl Server<'_> {
    /// Has the worker answer; `None` where it will, else the answer.
    pub(super) fn ask(&mut self, question: Question, id: &RequestId, params: &Value) -> Option<Answer> {
        let nothing = || Some(Ok(Value::Null));
        let document = params["textDocument"]["uri"].as_str().unwrap_or_default();
        let Some((site, path, document)) = self.post(document) else { return nothing() };
        let encoding = self.encoding();
        let at = match (question, serde_json::from_value(params["position"].clone())) {
            (Question::Links, _) => 0,
            (_, Ok(position)) => document.lines.offset(&document.text, position, encoding),
            (_, Err(error)) => return Some(Err((ErrorCode::InvalidParams, format!("no position: {error}")))),
        };
        let writing = match question {
            Question::Completion => {
                let source = Source::from_text(&path, &document.text);
                let Some(writing) = cursor::writing(&source, site.plan.site.profile, at) else { return nothing() };
                Some(writing)
            }
            _ => None,
        };
        let place = Place { root: site.root.clone(), path, text: document.text.clone(), at, encoding, writing };
        let root = site.root.clone();
        self.have_answered(&root, id, move |desk| place.answer(question, desk))
    }

    /// Has the worker of the site at this root answer a request; `None` where it will, else the answer.
    pub(super) fn have_answered(
        &mut self,
        root: &Path,
        id: &RequestId,
        answer: impl FnOnce(&Desk) -> Value + Send + 'static,
    ) -> Option<Answer> {
        let (ticket, events) = (self.waiting.add(id.clone(), root), self.events.clone());
        let task = Task::Ask(Box::new(move |desk| {
            if ticket.is_over() {
                return;
            }
            let answer = catch_unwind(AssertUnwindSafe(|| answer(desk)));
            let error =
                || (ErrorCode::InternalError, "internal error; this is a bug in copydesk, please report it".into());
            // It fails only when nobody listens any more.
            let _ = events.send(Event::Answer(ticket, answer.map_err(|_| error())));
        }));
        if self.sites.get(root).is_none_or(|site| !site.ask(task)) {
            self.waiting.end(id);
            return Some(Ok(Value::Null));
        }
        None
    }
}

impl Place {
    fn answer(&self, question: Question, desk: &Desk) -> Value {
        match question {
            Question::Definition => self.definition(desk).unwrap_or(Value::Null),
            Question::References => self.references(desk).into(),
            Question::Links => self.links(desk).unwrap_or_default().into(),
            Question::Hover => self.hover(desk).unwrap_or(Value::Null),
            Question::Completion => self.completions(desk).unwrap_or(Value::Null),
        }
    }

    fn completions(&self, desk: &Desk) -> Option<Value> {
        let writing = self.writing.as_ref()?;
        let lines = Lines::of(&self.text);
        let range = |span| lines.range(&self.text, span, self.encoding);
        desk.with_corpus_for(&|path| *path == *self.path, |corpus| {
            let post = corpus.index(&self.path)?;
            Some(Offer { corpus, post, text: &self.text, range: &range }.list(writing))
        })
    }

    /// Looks at the link at this place.
    fn link<T: Send>(
        &self,
        desk: &Desk,
        look: impl FnOnce(&Corpus<'_>, &LinkUse, Resolved) -> Option<T> + Send,
    ) -> Option<T> {
        desk.with_corpus_for(&|path| *path == *self.path, |corpus| {
            let post = corpus.index(&self.path)?;
            let holds = |span: Span| span.range().contains(&self.at);
            let links = corpus.uses(post).iter().zip(corpus.links().get(post)?);
            // Of an image in a link the image.
            let inner = links.filter(|(link, _)| holds(link.span)).min_by_key(|(link, _)| link.span.len());
            let (link, resolved) = inner?;
            look(corpus, link, *resolved)
        })
    }

    /// The post, or the place in it that the link names.
    fn definition(&self, desk: &Desk) -> Option<Value> {
        let (path, lead, fragment) = self.link(desk, |corpus, link, resolved| {
            let post = corpus.posts.get(resolved.post? as usize)?;
            Some((post.path.clone(), post.lead, link.url.split_once('#').map(|(_, fragment)| fragment.to_owned())))
        })?;
        let there = fragment.and_then(|fragment| desk.anchored(&path, &fragment));
        self.location(desk, &path, there.unwrap_or(Span::at(lead.range().start)))
    }

    fn references(&self, desk: &Desk) -> Vec<Value> {
        let target =
            self.link(desk, |corpus, _, resolved| Some(corpus.posts.get(resolved.post? as usize)?.path.clone()));
        let target = target.unwrap_or_else(|| self.path.clone());
        let found = links_to(desk, &target);
        found.iter().filter_map(|(from, span)| self.location(desk, from, *span)).collect()
    }

    fn links(&self, desk: &Desk) -> Option<Vec<Value>> {
        let links = desk.with_corpus_for(&|path| *path == *self.path, |corpus| {
            let post = corpus.index(&self.path)?;
            let links = corpus.uses(post).iter().zip(corpus.links().get(post)?);
            let to_posts = links.filter_map(|(link, resolved)| {
                Some((link.target, corpus.posts.get(resolved.post? as usize)?.path.clone()))
            });
            Some(to_posts.filter(|(target, _)| !target.is_empty()).collect::<Vec<_>>())
        })?;
        let lines = Lines::of(&self.text);
        let link = |(span, path): (Span, Arc<str>)| {
            let range = lines.range(&self.text, span, self.encoding);
            json!({"range": range, "target": uri::of_path(&self.root.join(&*path))})
        };
        Some(links.into_iter().map(link).collect())
    }

    fn hover(&self, desk: &Desk) -> Option<Value> {
        let (span, text) = self.link(desk, |corpus, link, resolved| Some((link.span, where_to(corpus, &resolved)?)))?;
        let range = Lines::of(&self.text).range(&self.text, span, self.encoding);
        Some(json!({"contents": {"kind": "markdown", "value": text}, "range": range}))
    }

    fn location(&self, desk: &Desk, path: &str, span: Span) -> Option<Value> {
        let source = Backdrop::source(desk, path)?;
        let range = Lines::of(&source.text).range(&source.text, span, self.encoding);
        Some(json!({"uri": uri::of_path(&self.root.join(path)), "range": range}))
    }
}

/// The links of the site that lead to a post, with the posts they stand in.
fn links_to(desk: &Desk, path: &str) -> Vec<(Arc<str>, Span)> {
    desk.with_corpus(|corpus| {
        let Some(to) = corpus.index(path) else { return vec![] };
        let of_post = |(from, links): (usize, &Vec<Resolved>)| {
            let links = corpus.uses(from).iter().zip(links);
            let there = links.filter(|(_, resolved)| resolved.post.is_some_and(|post| post as usize == to));
            there.map(|(link, _)| (corpus.posts[from].path.clone(), link.span)).collect::<Vec<_>>()
        };
        corpus.every_link().iter().enumerate().flat_map(of_post).collect()
    })
}

/// Where a link leads, in words; `None` of one that leads away from the site.
fn where_to(corpus: &Corpus<'_>, resolved: &Resolved) -> Option<String> {
    let state = match resolved.verdict {
        Verdict::Found => "leads to".to_owned(),
        Verdict::Redirected => "leads to an address that only redirects to".to_owned(),
        Verdict::WrongForm(form) => format!("leads to a page, but {}:", form.what()),
        Verdict::NotPublished(Absence::Draft) => "leads to a draft:".to_owned(),
        Verdict::NotPublished(Absence::Future) => "leads to a post of a day to come:".to_owned(),
        Verdict::NotPublished(Absence::Unpublished) => "leads to a post that is not published:".to_owned(),
        Verdict::NotPublished(Absence::Expired) => "leads to a post that has expired:".to_owned(),
        Verdict::BrokenAnchor => "leads to a page, but to no place in it:".to_owned(),
        Verdict::Broken | Verdict::BrokenReference => {
            return Some("leads nowhere: nothing on the site is there".to_owned());
        }
        Verdict::Unverified => return Some("where this leads cannot be told from the sources".to_owned()),
        Verdict::External | Verdict::Other => return None,
    };
    let Some(post) = resolved.post.and_then(|post| corpus.posts.get(post as usize)) else {
        return Some(format!("{state} a page or file of the site"));
    };
    let title = post.title.as_ref().map(|title| format!("**{}**\n\n", plain(&title.text))).unwrap_or_default();
    let address = post.links.as_ref().and_then(|links| links.place.address.as_deref());
    let address = address.map(|address| format!(", shown at {}", plain(address))).unwrap_or_default();
    Some(format!("{title}{state} {}{address}", plain(&post.path)))
}
