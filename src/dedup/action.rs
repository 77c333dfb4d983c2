//! What can be done with a copy, and how each generator is told of it: a table of keys, with what else is needed.

use serde::Deserialize;

use crate::site::Profile;

/// What is done with a copy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Moved out of the site, into the quarantine.
    #[default]
    Quarantine,
    /// The same, and its address leads to the post that stays.
    Redirect,
    /// Left where it is, but not published.
    Unpublish,
    /// Left and published, with the address of the post that stays as its canonical one.
    Canonical,
    /// Deleted.
    Delete,
}

impl Action {
    /// All actions, the mildest that takes a copy out of the site first.
    pub const ALL: [Action; 5] =
        [Action::Quarantine, Action::Redirect, Action::Unpublish, Action::Canonical, Action::Delete];

    /// The word for it in plans.
    pub fn name(self) -> &'static str {
        match self {
            Action::Quarantine => "quarantine",
            Action::Redirect => "redirect",
            Action::Unpublish => "unpublish",
            Action::Canonical => "canonical",
            Action::Delete => "delete",
        }
    }

    /// What it does, in a few words.
    pub fn effect(self) -> &'static str {
        match self {
            Action::Quarantine => "move the copy to .copydesk/quarantine/",
            Action::Redirect => "the same, and let its address lead to the post that stays",
            Action::Unpublish => "leave the copy where it is, but unpublished",
            Action::Canonical => "leave the copy, and name the post that stays as its canonical address",
            Action::Delete => "delete the copy (`--undo` brings it back while .copydesk/undo/ is there)",
        }
    }
}

/// How a generator is told something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a key of front matter; what else the site needs for it to work, which may be nothing.
    Key(&'static str, &'static str),
    /// Not by front matter; what to do instead.
    Advice(&'static str),
}

/// How a generator is told of what becomes of copies.
#[derive(Debug)]
pub struct Habits {
    /// Name of the generator's profile.
    pub generator: &'static str,
    /// The list of former addresses, of the post that stays.
    pub redirect: Way,
    /// The switch that keeps a post out of the site: `draft` is set to true, `published` to false.
    pub unpublish: Way,
    /// The canonical address.
    pub canonical: Way,
}

/// One for each generator.
const HABITS: &[Habits] = &[
    Habits {
        generator: "jekyll",
        redirect: Way::Key("redirect_from", "the site needs the plugin jekyll-redirect-from"),
        unpublish: Way::Key("published", ""),
        canonical: Way::Key("canonical_url", "the site needs the plugin jekyll-seo-tag, or a layout that reads it"),
    },
    Habits {
        generator: "hugo",
        redirect: Way::Key("aliases", ""),
        unpublish: Way::Key("draft", ""),
        canonical: Way::Key("canonicalURL", "the theme must read it, as PaperMod does"),
    },
    Habits {
        generator: "zola",
        redirect: Way::Key("aliases", ""),
        unpublish: Way::Key("draft", ""),
        canonical: Way::Advice("Zola knows no such key; write one below `[extra]` that your templates read"),
    },
    Habits {
        generator: "astro",
        redirect: Way::Key("aliases", "the site must read it, or list the addresses under `redirects` in astro.config"),
        unpublish: Way::Key("draft", "the site's pages must filter drafts out"),
        canonical: Way::Key("canonicalURL", "the site's layout must read it"),
    },
    Habits {
        generator: "hexo",
        redirect: Way::Key("alias", "the site needs the plugin hexo-generator-alias"),
        unpublish: Way::Key("published", ""),
        canonical: Way::Key("canonical_url", "the theme must read it"),
    },
    Habits {
        generator: "eleventy",
        redirect: Way::Advice("Eleventy has no redirects of its own; quarantine the post and redirect on the server"),
        unpublish: Way::Key("draft", "the site needs a preprocessor that drops drafts"),
        canonical: Way::Key("canonical_url", "the site's layout must read it"),
    },
    Habits {
        generator: "docusaurus",
        redirect: Way::Advice("list the address in @docusaurus/plugin-client-redirects and quarantine the post"),
        unpublish: Way::Key("draft", ""),
        canonical: Way::Advice("Docusaurus knows no such key; write a `<head>` with the link into the post"),
    },
    Habits {
        generator: "vitepress",
        redirect: Way::Advice("VitePress has no redirects; quarantine the post and redirect on the server"),
        unpublish: Way::Advice("VitePress has no drafts; list the post under `srcExclude`, or quarantine it"),
        canonical: Way::Advice("write the link under `head:` in the post"),
    },
    Habits {
        generator: "mkdocs",
        redirect: Way::Advice("list the address under `redirect_maps` of mkdocs-redirects and quarantine the post"),
        unpublish: Way::Key("draft", "this holds for the blog plugin of Material for MkDocs"),
        canonical: Way::Advice("MkDocs knows no such key; a theme override may write the link"),
    },
    Habits {
        generator: "plain",
        redirect: Way::Advice("no site generator is known here; name it with `--generator`, or quarantine the post"),
        unpublish: Way::Key("draft", ""),
        canonical: Way::Key("canonical_url", ""),
    },
];

impl Habits {
    /// Those of a generator.
    pub fn of(profile: &Profile) -> &'static Habits {
        HABITS.iter().find(|habits| habits.generator == profile.name).unwrap_or(&HABITS[HABITS.len() - 1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{Kind, PROFILES};

    #[test]
    fn every_generator_has_its_habits() {
        for profile in PROFILES {
            assert_eq!(Habits::of(profile).generator, profile.name);
        }
    }

    #[test]
    fn what_is_written_is_what_the_generator_takes() {
        for profile in PROFILES {
            let habits = Habits::of(profile);
            let kind = |name: &str| profile.keys.iter().find(|key| key.name == name).map(|key| key.kind);
            if let Way::Key(key, _) = habits.redirect {
                let kind = kind(key);
                assert!(matches!(kind, None | Some(Kind::List | Kind::Any)), "{} {key}", profile.name);
                assert!(kind.is_some() || !profile.closed_keys, "{} {key}", profile.name);
            }
            if let Way::Key(key, _) = habits.unpublish {
                assert!(["draft", "published"].contains(&key), "{} {key}", profile.name);
                assert!(matches!(kind(key), None | Some(Kind::Bool | Kind::Any)), "{} {key}", profile.name);
            }
        }
    }
}
