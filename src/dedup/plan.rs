//! The plan of what becomes of each copy: YAML that people may edit, read back with the place of every mistake.

use std::collections::HashSet;
use std::fmt::Write;

use serde::Deserialize;

use super::action::Action;
use super::listing::Listing;
use crate::diagnostic::{Failure, Notice};
use crate::fix::front_matter::quoted;
use crate::fix::write::{Folder, plain};
use crate::spanned::de::{Located, from_node};
use crate::spanned::{Error, Value, yaml};

/// The version of the format that is written and read.
const VERSION: u32 = 1;
/// Most values of a plan: enough for a million copies.
const MAX_NODES: usize = 20_000_000;
/// Most mistakes that are told of one plan.
const MAX_MISTAKES: usize = 50;

/// What becomes of each copy.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyPlan {
    /// The version of the format.
    version: Located<u32>,
    /// Each post that stays, with its copies.
    pub clusters: Vec<Group>,
}

/// A post that stays, and its copies.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The post that stays.
    pub keep: Kept,
    /// Why it is the one; for people.
    #[serde(default)]
    pub because: Option<String>,
    /// Its copies.
    pub members: Vec<Planned>,
}

/// The post that stays.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Its path, relative to the root.
    pub path: Located<String>,
    /// The hash of its bytes when the plan was made.
    pub hash: Located<String>,
    /// Where it is on the site, where that cannot be known: a path there or a whole URL.
    #[serde(default)]
    pub address: Option<Located<String>>,
}

/// A copy, and what becomes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// Its path, relative to the root.
    pub path: Located<String>,
    /// The hash of its bytes when the plan was made.
    pub hash: Located<String>,
    /// What it is to the post that stays; for people.
    #[serde(default)]
    pub class: Option<String>,
    /// How similar it is to the post that stays, 0 to 1; for people.
    #[serde(default)]
    pub similarity: Option<f64>,
    /// What becomes of it.
    pub action: Located<Action>,
    /// Where it is on the site, where that cannot be known.
    #[serde(default)]
    pub address: Option<Located<String>>,
}

impl CopyPlan {
    /// A plan that does one thing with all copies. Posts that cannot be read are left out and told of.
    pub fn of(listing: &Listing, action: Action, folder: &Folder) -> (Self, Vec<Failure>) {
        let mut failures = Vec::new();
        let mut hash = |path: &str| match folder.hash(path) {
            Ok(hash) => Some(unplaced(hash)),
            Err(error) => {
                let help = "check the path; a file may have been moved during the run".to_owned();
                failures.push(Failure { path: path.into(), error: format!("cannot read: {}", plain(&error)), help });
                None
            }
        };
        let clusters = listing.clusters.iter().filter_map(|cluster| {
            let keep = Kept { path: unplaced(cluster.kept.to_string()), hash: hash(&cluster.kept)?, address: None };
            let members = cluster.members.iter().filter_map(|copy| {
                Some(Planned {
                    path: unplaced(copy.path.to_string()),
                    hash: hash(&copy.path)?,
                    class: Some(copy.relation.class.name().to_owned()),
                    similarity: Some(rounded_down(copy.relation.similarity(), 100.0)),
                    action: unplaced(action),
                    address: None,
                })
            });
            let members: Vec<Planned> = members.collect();
            let because = Some(cluster.because.reason().to_owned());
            (!members.is_empty()).then_some(Group { keep, because, members })
        });
        let clusters = clusters.collect();
        (Self { version: unplaced(VERSION), clusters }, failures)
    }

    /// Reads a plan; `path` is how the user names the file.
    ///
    /// # Errors
    /// All mistakes, each with its place. A path that leads out of the site is one.
    pub fn read(path: &str, text: &str) -> Result<Self, Vec<Notice>> {
        let errors = match typed(text) {
            Ok(plan) => match plan.mistakes() {
                errors if errors.is_empty() => return Ok(plan),
                errors => errors,
            },
            Err(errors) => errors,
        };
        let (path, text): (std::sync::Arc<str>, std::sync::Arc<str>) = (path.into(), text.into());
        let notice = |error: Error| Notice {
            message: error.message,
            help: error.help,
            path: path.clone(),
            text: text.clone(),
            span: error.span,
        };
        Err(errors.into_iter().take(MAX_MISTAKES).map(notice).collect())
    }

    /// The plan as it is written to a file.
    pub fn text(&self) -> String {
        let mut out = header();
        if self.clusters.is_empty() {
            out.push_str("clusters: []\n");
            return out;
        }
        out.push_str("clusters:\n");
        for group in &self.clusters {
            group.write(&mut out);
        }
        out
    }

    /// What can be told to be wrong without looking at the site.
    fn mistakes(&self) -> Vec<Error> {
        let mut errors = Vec::new();
        let mut mistake = |message: String, help: &str, at: crate::source::Span| {
            errors.push(Error { message, help: Some(help.to_owned()), span: at, layer: 0 });
        };
        if self.version.value != VERSION {
            let message = format!("this is a plan of version {}, not {VERSION}", self.version.value);
            mistake(message, "make the plan anew with this copydesk", self.version.span);
        }
        let mut seen: HashSet<&str> = HashSet::new();
        for group in &self.clusters {
            let paths = std::iter::once(&group.keep.path).chain(group.members.iter().map(|member| &member.path));
            for path in paths {
                if !Folder::is_inside(&path.value) {
                    let message = format!("`{}` lies outside of the site", path.value);
                    mistake(message, "paths are relative to the site's folder and stay in it", path.span);
                } else if path.value.split('/').any(|part| part.starts_with(".copydesk")) {
                    mistake(format!("`{}` is no post", path.value), "name posts of the site", path.span);
                } else if !seen.insert(&path.value) {
                    mistake(format!("`{}` is named twice", path.value), "keep one of the two", path.span);
                }
            }
        }
        errors
    }
}

impl Group {
    fn write(&self, out: &mut String) {
        let _ = write!(
            out,
            "  - keep:\n      path: {}\n      hash: {}\n",
            quoted(&self.keep.path.value),
            quoted(&self.keep.hash.value)
        );
        if let Some(address) = &self.keep.address {
            let _ = writeln!(out, "      address: {}", quoted(&address.value));
        }
        if let Some(because) = &self.because {
            let _ = writeln!(out, "    because: {}", quoted(because));
        }
        out.push_str("    members:\n");
        for member in &self.members {
            let _ = write!(
                out,
                "      - path: {}\n        hash: {}\n",
                quoted(&member.path.value),
                quoted(&member.hash.value)
            );
            if let Some(address) = &member.address {
                let _ = writeln!(out, "        address: {}", quoted(&address.value));
            }
            if let Some(class) = &member.class {
                let _ = writeln!(out, "        class: {}", quoted(class));
            }
            if let Some(similarity) = member.similarity {
                let _ = writeln!(out, "        similarity: {similarity}");
            }
            let _ = writeln!(out, "        action: {}", member.action.value.name());
        }
    }
}

/// A share with as many places as `unit` has zeros, never rounded up: only equal texts are 1.
pub(super) fn rounded_down(share: f64, unit: f64) -> f64 {
    (share * unit).floor() / unit
}

fn header() -> String {
    let mut out = String::from(
        "# What `copydesk dedup --apply FILE` will do; edit it as you like, nothing is done before that.\n\
         #\n\
         # In each cluster one post stays (keep); each of its copies (members) has the action that awaits it:\n",
    );
    for action in Action::ALL {
        let _ = writeln!(out, "#   {:<11} {}", action.name(), action.effect());
    }
    out.push_str(
        "# Delete a member to leave that copy alone. To keep another post of a cluster, swap the paths and the hashes.\n\
         # Where a post is on the site cannot always be known: `address: /2024/05/06/name.html` below its path says it.\n\
         # A post that has changed since, so that its hash is another, is left alone.\n\
         # `copydesk dedup --undo` takes all of it back.\n",
    );
    let _ = writeln!(out, "version: {VERSION}");
    out
}

fn typed(text: &str) -> Result<CopyPlan, Vec<Error>> {
    let tree = yaml::parse_long(text, MAX_NODES).map_err(|error| vec![error])?;
    if !matches!(tree.value, Value::Mapping(_)) {
        let help = Some("`copydesk dedup --plan FILE` writes one to start from".to_owned());
        let message = format!("expected a plan, found {}", tree.value);
        return Err(vec![Error { message, help, span: tree.span, layer: 0 }]);
    }
    from_node::<CopyPlan>(&tree).map_err(|first| {
        let groups = tree.get("clusters").map_or(&[][..], |clusters| clusters.items());
        let mut errors: Vec<Error> = groups.iter().filter_map(|group| from_node::<Group>(group).err()).collect();
        if errors.is_empty() {
            errors.push(first);
        }
        errors
    })
}

fn unplaced<T>(value: T) -> Located<T> {
    Located { value, span: crate::source::Span::default(), layer: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "\
version: 1
clusters:
  - keep: {path: a.md, hash: h}
    because: it is the oldest
    members:
      - {path: b.md, hash: i, class: identical, similarity: 1, action: redirect, address: /b/}
      - {path: \"银 #.md\", hash: j, action: delete}
";

    fn mistakes(text: &str) -> Vec<(String, Option<String>, String)> {
        let notices = CopyPlan::read("plan.yaml", text).expect_err(text);
        notices.into_iter().map(|one| (one.message, one.help, text[one.span.range()].to_owned())).collect()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let plan = CopyPlan::read("plan.yaml", PLAN).expect("valid");
        let text = plan.text();
        let again = CopyPlan::read("plan.yaml", &text).expect("valid");
        assert_eq!(again.text(), text);
        let member = &again.clusters[0].members[1];
        assert_eq!((member.path.value.as_str(), member.action.value), ("银 #.md", Action::Delete));
        assert_eq!(again.clusters[0].members[0].address.as_ref().map(|one| one.value.as_str()), Some("/b/"));
    }

    #[test]
    fn every_action_is_explained_in_the_plan() {
        let text = header();
        for action in Action::ALL {
            assert!(text.contains(action.name()) && text.contains(action.effect()), "{action:?}");
        }
    }

    #[test]
    fn mistakes_have_their_places() {
        let found = mistakes(&PLAN.replace("action: redirect", "action: redirct"));
        let expected = ("unknown value `redirct`", "did you mean `redirect`?", "redirct");
        assert_eq!((found[0].0.as_str(), found[0].1.as_deref().expect("help"), found[0].2.as_str()), expected);
        let found = mistakes(&PLAN.replace("address: /b/", "adress: /b/"));
        assert_eq!((found[0].0.as_str(), found[0].2.as_str()), ("unknown key `adress`", "adress"));
        let found = mistakes(&PLAN.replace("path: b.md", "path: ../../etc/passwd"));
        assert_eq!(
            (found[0].0.as_str(), found[0].2.as_str()),
            ("`../../etc/passwd` lies outside of the site", "../../etc/passwd")
        );
        let found = mistakes(&PLAN.replace("path: b.md", "path: .copydesk/undo/1/journal.jsonl"));
        assert_eq!(found[0].0, "`.copydesk/undo/1/journal.jsonl` is no post");
        let found = mistakes(&PLAN.replace("path: b.md", "path: a.md"));
        assert_eq!((found.len(), found[0].0.as_str()), (1, "`a.md` is named twice"));
        assert_eq!(mistakes(&PLAN.replace("version: 1", "version: 2"))[0].0, "this is a plan of version 2, not 1");
        assert_eq!(mistakes("- a\n")[0].0, "expected a plan, found a list");
        assert_eq!(mistakes("")[0].0, "expected a plan, found nothing");
    }

    #[test]
    fn a_plan_may_be_long() {
        let member = |at: usize| format!("      - {{path: b{at}.md, hash: i, action: delete}}\n");
        let head = PLAN.split_inclusive("members:\n").next().expect("it is there");
        let text = format!("{head}{}", (0..30_000).map(member).collect::<String>());
        assert_eq!(CopyPlan::read("plan.yaml", &text).expect("valid").clusters[0].members.len(), 30_000);
    }

    #[test]
    fn similarity_is_never_rounded_up() {
        assert_eq!(rounded_down(0.9999, 100.0), 0.99);
        assert_eq!(rounded_down(1.0, 100.0), 1.0);
    }
}
