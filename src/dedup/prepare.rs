//! From a plan to steps: what each action means for the posts of one cluster as they are now. Changes nothing.

use std::collections::BTreeSet;

use super::action::{Action, Habits, Way};
use super::address::{Addresses, Asked};
use super::apply::Order;
use super::plan::{Group, Kept, Planned};
use super::{QUARANTINE, UNDO};
use crate::diagnostic::Failure;
use crate::fix::Refused;
use crate::fix::front_matter::{Change, Scalar, changed};
use crate::fix::write::{Folder, plain};
use crate::post::Post;
use crate::site::{Role, Site};
use crate::source::Source;

/// What the steps of a plan depend on.
pub(super) struct Ground<'a> {
    pub(super) folder: &'a Folder,
    pub(super) site: &'a Site,
    pub(super) habits: &'static Habits,
    pub(super) addresses: Addresses<'a>,
    /// The number of the apply.
    pub(super) number: u32,
}

/// The steps of one cluster, in order.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) steps: Vec<Step>,
    /// What is not to be done, and why.
    pub(super) refused: Vec<Failure>,
    /// What else the site needs.
    pub(super) notes: BTreeSet<String>,
}

/// One change to one file.
pub(super) struct Step {
    /// The action it is part of.
    pub(super) action: Action,
    /// The file.
    pub(super) path: String,
    /// The hash of its bytes.
    pub(super) hash: String,
    /// What is done.
    pub(super) deed: Deed,
    /// The same in words, to follow the path.
    pub(super) words: String,
}

/// What is done to a file.
pub(super) enum Deed {
    /// It is moved there.
    Move(String),
    /// It gets this text.
    Write(String),
    /// Nothing: it is as it should be.
    Nothing,
}

impl<'a> Ground<'a> {
    pub(super) fn new(folder: &'a Folder, order: &Order<'a>, number: u32) -> Self {
        let site = order.site;
        let addresses = Addresses::read(site, folder, order.routes);
        Self { folder, site, habits: Habits::of(site.profile), addresses, number }
    }

    /// The steps of a cluster. A step that writes to the post that stays comes first, and those that lean on it after it.
    pub(super) fn batch(&self, group: &Group) -> Batch {
        let mut batch = Batch::default();
        let kept = &group.keep;
        if let Err(refused) = self.unchanged(&kept.path.value, &kept.hash.value) {
            let copies = group.members.len();
            let message = format!("{}; what is planned for its {copies} copies is not done", refused.message);
            batch.refuse(&kept.path.value, Refused { message, help: refused.help });
            return batch;
        }
        let mut former = Vec::new();
        for member in &group.members {
            let step = self.unchanged(&member.path.value, &member.hash.value).and_then(|()| self.step(kept, member));
            match step {
                Ok((step, note)) => {
                    batch.notes.extend((!note.is_empty()).then(|| note.to_owned()));
                    batch.steps.push(step);
                }
                Err(refused) => {
                    batch.refuse(&member.path.value, refused);
                    continue;
                }
            }
            if member.action.value == Action::Redirect {
                match self.former(kept, member) {
                    Ok(address) => former.push(address),
                    Err(refused) => {
                        batch.steps.pop();
                        batch.refuse(&member.path.value, refused);
                    }
                }
            }
        }
        if !former.is_empty() {
            self.lead(kept, &former, &mut batch);
        }
        batch
    }

    /// Whether a file is still the one of the plan.
    fn unchanged(&self, path: &str, hash: &str) -> Result<(), Refused> {
        match self.folder.hash(path) {
            Ok(now) if now == hash => Ok(()),
            Ok(_) => Err(Refused::new("it has changed since the plan was made").help("make the plan anew")),
            Err(error) => Err(Refused::new(plain(&error)).help("make the plan anew")),
        }
    }

    /// What becomes of a copy itself, and what else the site needs for that.
    fn step(&self, kept: &Kept, member: &Planned) -> Result<(Step, &'static str), Refused> {
        let (path, number) = (member.path.value.as_str(), self.number);
        let action = member.action.value;
        let step = |deed, words| Step { action, path: path.to_owned(), hash: member.hash.value.clone(), deed, words };
        let advice =
            |advice: &str| Refused::new(format!("it cannot be done for {}", self.site.profile.title)).help(advice);
        match action {
            Action::Quarantine | Action::Redirect => {
                let to = format!("{QUARANTINE}/{number}/{path}");
                let words = format!("moved to {to}");
                Ok((step(Deed::Move(to), words), ""))
            }
            Action::Delete => {
                let to = format!("{UNDO}/{number}/deleted/{path}");
                Ok((step(Deed::Move(to), "deleted".to_owned()), ""))
            }
            Action::Unpublish => match self.habits.unpublish {
                Way::Advice(text) => Err(advice(text)),
                Way::Key(key, note) => {
                    let value = key == "draft";
                    let deed = self.edited(path, Change::Set(key, Scalar::Bool(value)))?;
                    Ok((step(deed, format!("`{key}: {value}`")), note))
                }
            },
            Action::Canonical => match self.habits.canonical {
                Way::Advice(text) => Err(advice(text)),
                Way::Key(key, note) => {
                    let address = self.whole(kept)?;
                    let deed = self.edited(path, Change::Set(key, Scalar::Text(&address)))?;
                    Ok((step(deed, format!("`{key}: {address}`")), note))
                }
            },
        }
    }

    /// Gives the post that stays the addresses of those that go. If it cannot have them, they stay.
    fn lead(&self, kept: &Kept, former: &[String], batch: &mut Batch) {
        let Way::Key(key, note) = self.habits.redirect else { return };
        match self.edited(&kept.path.value, Change::Append(key, former)) {
            Ok(deed) => {
                let (path, hash) = (kept.path.value.clone(), kept.hash.value.clone());
                let words = format!("`{key}` has {}", former.join(", "));
                batch.notes.extend((!note.is_empty()).then(|| note.to_owned()));
                batch.steps.insert(0, Step { action: Action::Redirect, path, hash, deed, words });
            }
            Err(refused) => {
                batch.steps.retain(|step| step.action != Action::Redirect);
                let message = format!("{}; its copies are not redirected", refused.message);
                batch.refuse(&kept.path.value, Refused { message, help: refused.help });
            }
        }
    }

    /// The address that a copy had, which the post that stays gets.
    fn former(&self, kept: &Kept, member: &Planned) -> Result<String, Refused> {
        if let Way::Advice(advice) = self.habits.redirect {
            let message = format!("{} cannot be told of it by front matter", self.site.profile.title);
            return Err(Refused::new(message).help(advice));
        }
        let own = |path: &str, given: Option<&str>| match given {
            Some(given) => Ok(given.to_owned()),
            None => self.path(path),
        };
        let address = own(&member.path.value, member.address.as_ref().map(|one| one.value.as_str()))?;
        if !address.starts_with('/') || address.contains(char::is_control) {
            return Err(Refused::new(format!("`{address}` is no address on this site")).help("it begins with `/`"));
        }
        let stays = own(&kept.path.value, kept.address.as_ref().map(|one| one.value.as_str()));
        if stays.is_ok_and(|stays| stays == address) {
            let message = format!("the post that stays has the same address, {address}");
            return Err(Refused::new(message).help("quarantine the copy"));
        }
        Ok(address)
    }

    /// The whole address of the post that stays.
    fn whole(&self, kept: &Kept) -> Result<String, Refused> {
        match kept.address.as_ref().map(|one| one.value.as_str()) {
            Some(given) if given.starts_with("http://") || given.starts_with("https://") => Ok(given.to_owned()),
            Some(given) if given.starts_with('/') => self.addresses.whole(given),
            Some(given) => {
                Err(Refused::new(format!("`{given}` is no address")).help("it begins with `/` or `https://`"))
            }
            None => {
                let about = |refused: Refused| {
                    let message = format!("for {}, which stays, {}", kept.path.value, refused.message);
                    Refused { message, ..refused }
                };
                self.addresses.whole(&self.path(&kept.path.value).map_err(about)?)
            }
        }
    }

    fn path(&self, path: &str) -> Result<String, Refused> {
        let post = Post::parse(self.source(path)?, self.site, Role::Post);
        if !post.front.parsed {
            return Err(Refused::new("its front matter does not parse").help("`copydesk check` says where"));
        }
        self.addresses.path(Asked { path, front: &post.front.root })
    }

    fn edited(&self, path: &str, change: Change<'_>) -> Result<Deed, Refused> {
        let source = self.source(path)?;
        let text = changed(&source, self.site, change)?;
        Ok(if text == *source.text { Deed::Nothing } else { Deed::Write(text) })
    }

    fn source(&self, path: &str) -> Result<Source, Refused> {
        let bytes = self.folder.read(path).map_err(|error| Refused::new(plain(&error)))?;
        Ok(Source::from_bytes(path, &bytes))
    }
}

impl Batch {
    pub(super) fn refuse(&mut self, path: &str, refused: Refused) {
        self.refused.push(Failure { path: path.into(), error: refused.message, help: refused.help });
    }
}
