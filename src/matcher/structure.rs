//! The matcher `structure`: what the parser stepped over, and what the file's name means to the generator.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Context, Hit, PostMatcher, SpecError};
use crate::post::{DefectKind, Post};
use crate::site::{FileName, Profile, Site, date, file_name};
use crate::source::Span;

/// What to look for: one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Spec {
    /// Something that the parser stepped over.
    Defect(DefectKind),
    /// Something about the file's name.
    FileName(Fault),
}

/// What may be wrong with the name of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The generator does not take the file for a post.
    NotAPost,
    /// Nothing but separators and digits of a time stands where the slug should.
    EmptySlug,
}

impl Spec {
    /// The placeholders that hits of this spec fill.
    pub fn vars(&self) -> &'static [&'static str] {
        match self {
            Spec::Defect(kind) => kind.vars(),
            Spec::FileName(Fault::NotAPost) => &["name", "why", "better"],
            Spec::FileName(Fault::EmptySlug) => &["name", "why"],
        }
    }

    /// Builds the matcher.
    ///
    /// # Errors
    /// Never.
    pub fn build(&self, context: &Context) -> Result<Box<dyn PostMatcher>, SpecError> {
        let profile = context.site.profile;
        Ok(match *self {
            Spec::Defect(kind) => Box::new(Defects { kind, profile }),
            Spec::FileName(fault) => Box::new(FileNames { fault, site: context.site }),
        })
    }
}

struct Defects {
    kind: DefectKind,
    profile: &'static Profile,
}

impl PostMatcher for Defects {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        for defect in post.defects.iter().filter(|defect| defect.kind == self.kind) {
            let mut vars: super::Vars = defect.vars.iter().map(|(k, v)| (Cow::Borrowed(*k), v.clone())).collect();
            if let Some(consequence) = consequence(self.kind, self.profile) {
                vars.push((Cow::Borrowed("consequence"), consequence.to_owned()));
            }
            out.push(Hit { span: defect.span, vars, repair: defect.repair.clone(), ..Hit::default() });
        }
    }
}

/// What the generator makes of such a defect, to follow its name.
fn consequence(kind: DefectKind, profile: &Profile) -> Option<&'static str> {
    match kind {
        DefectKind::FrontMatterMissing => Some(profile.without_front_matter),
        DefectKind::DuplicateKey => Some(profile.duplicate_key),
        _ => None,
    }
}

/// Names of files that are kept in a posts folder and are not meant to be posts, without extension and in lower case.
const KEPT: [&str; 3] = ["template", "_template", "readme"];

struct FileNames {
    fault: Fault,
    site: Site,
}

impl PostMatcher for FileNames {
    fn hits(&self, post: &Post, out: &mut Vec<Hit>) {
        let path = &*post.source.path;
        let habit = self.site.file_name(path);
        let found = file_name::parse(path, habit);
        let why = match self.fault {
            Fault::NotAPost if habit == FileName::DateRequired && found.date.is_none() => {
                let stem = &path[found.slug_range.clone()];
                if KEPT.iter().any(|kept| stem.eq_ignore_ascii_case(kept)) {
                    return;
                }
                without_date(stem)
            }
            Fault::EmptySlug if found.date.is_some() && found.has_empty_slug(path) => "no slug behind the date",
            _ => return,
        };
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        let mut vars = vec![(Cow::Borrowed("name"), name), (Cow::Borrowed("why"), why.to_owned())];
        if self.fault == Fault::NotAPost {
            let slug = path[found.slug_range].trim_matches(['-', '_', ' ']);
            vars.extend(self.dated(post, slug).map(|better| (Cow::Borrowed("better"), better)));
        }
        out.push(Hit { span: Span::at(0), vars, ..Hit::default() });
    }
}

impl FileNames {
    /// The name that makes a post of the file, with the day of its front matter.
    fn dated(&self, post: &Post, slug: &str) -> Option<String> {
        let written = post.front.root.get("date")?;
        let text = written.as_str().unwrap_or_else(|| post.source.slice(written.span));
        let day = date::parse(text, self.site.profile.dates).ok()?.civil?;
        let (_, ending) = post.source.path.rsplit_once('.')?;
        let slug = without_numbers_of_day(slug);
        (!slug.is_empty()).then(|| format!("{day}-{slug}.{ending}"))
    }
}

/// A slug without a day before it that no calendar has.
fn without_numbers_of_day(slug: &str) -> &str {
    let mut parts = slug.splitn(4, '-');
    let is_short = |part: Option<&str>| part.is_some_and(|p| p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()));
    let is_dated = is_short(parts.next()) && is_short(parts.next()) && is_short(parts.next());
    parts.next().filter(|_| is_dated).unwrap_or(slug)
}

/// Why a name is not one of a dated post.
fn without_date(stem: &str) -> &'static str {
    let mut parts = stem.splitn(4, '-');
    let is_number = |part: Option<&str>| part.is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    let is_dated = is_number(parts.next()) && is_number(parts.next()) && is_number(parts.next());
    match (is_dated, parts.next()) {
        (true, Some(_)) => "no calendar has the day at its start",
        (true, None) => "nothing follows the date",
        (false, _) => "no date stands at its start",
    }
}

#[cfg(test)]
mod tests {
    use super::without_date;

    #[test]
    fn says_what_the_name_lacks() {
        assert_eq!(without_date("2022-02-30-x"), "no calendar has the day at its start");
        assert_eq!(without_date("2022-05-26"), "nothing follows the date");
        assert_eq!(without_date("-202205262391921712"), "no date stands at its start");
        assert_eq!(without_date("template"), "no date stands at its start");
    }
}
