//! Faults of links that a writer makes, planted into the mini-site of each generator: each is found where it stands, and the
//! good links beside them are left alone.
//!
//! `tests/faults/SITE` is laid over `tests/sites/SITE`. In its posts each item of a list holds one link and ends in the lints
//! that are to find fault with it, or in `none`; the line of a title says the same of the whole page, behind a `#`, where there
//! is something to say. Nothing may be found anywhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mini_site::{copy_folder, report, site};

mod mini_site;

/// What can be wrong with a link of the site's own, or with an address.
const FAULTS: [&str; 12] = [
    "link-broken-local",
    "link-broken-anchor",
    "link-broken-image",
    "link-broken-reference",
    "link-not-published",
    "link-wrong-form",
    "link-own-domain",
    "link-redirected-local",
    "duplicate-permalink",
    "url-day-shift",
    "undated-url",
    "orphan-post",
];

/// The sites, and the faults that cannot be made there.
const SITES: [(&str, &[&str]); 12] = [
    ("jekyll", &[]),
    // A date is shown with the offset that it was written with.
    ("hugo", &["url-day-shift"]),
    ("hexo", &[]),
    // No day stands in an address.
    ("zola", &["url-day-shift", "undated-url"]),
    // No tags for links, no aliases, no address of the site in the configuration; a plug-in may make any picture, and how a day
    // comes into an address is computed.
    ("eleventy", ELEVENTY),
    // With a plug-in for links to sources and one for anchors, whose names of anchors are not followed.
    ("eleventy-prefix", ELEVENTY_WITH_PLUGINS),
    // No tags for links; where redirects of the configuration lead is not followed. No day is computed for an address.
    ("astro", &["link-broken-reference", "link-redirected-local", "url-day-shift", "undated-url"]),
    ("docusaurus", &["link-redirected-local", "url-day-shift", "undated-url"]),
    ("vitepress", &["link-broken-reference", "link-redirected-local", "url-day-shift", "undated-url"]),
    (
        "vuepress",
        &[
            "link-broken-reference",
            "link-redirected-local",
            "url-day-shift",
            "undated-url",
            "link-own-domain",
            "link-not-published",
        ],
    ),
    // A post of the blog that has no date stops the build.
    ("mkdocs", &["link-broken-reference", "url-day-shift", "undated-url"]),
    // A folder has no address, and all its files are there.
    (
        "plain",
        &[
            "link-broken-reference",
            "link-not-published",
            "link-own-domain",
            "link-redirected-local",
            "duplicate-permalink",
            "url-day-shift",
            "undated-url",
        ],
    ),
];

/// What cannot be wrong in Eleventy, or not so that it is certain.
const ELEVENTY: &[&str] = &[
    "link-broken-image",
    "link-broken-reference",
    "link-own-domain",
    "link-redirected-local",
    "url-day-shift",
    "undated-url",
];

/// The same, where drafts are as well built and plug-ins name the anchors.
const ELEVENTY_WITH_PLUGINS: &[&str] = &[
    "link-broken-image",
    "link-broken-reference",
    "link-own-domain",
    "link-redirected-local",
    "url-day-shift",
    "undated-url",
    "link-not-published",
    "link-broken-anchor",
];

/// Lints by the path and the number of the line.
type Marks = BTreeMap<(String, usize), BTreeSet<String>>;

#[test]
fn planted_faults_are_found_and_nothing_else() {
    let all: BTreeSet<&str> = FAULTS.into_iter().collect();
    for (name, impossible) in SITES {
        let overlay = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/faults").join(name);
        let folder = site(name);
        copy_folder(&overlay, folder.path());
        let planted = planted(&overlay);
        let found = found(folder.path(), &overlay);
        let wrong = |here: &Marks, there: &Marks| -> Vec<String> {
            let differ = here.iter().filter(|(place, lints)| there.get(*place) != Some(*lints));
            differ.map(|((path, line), lints)| format!("{path}:{line} {lints:?}")).collect()
        };
        let (missed, unexpected) = (wrong(&planted, &found), wrong(&found, &planted));
        assert!(missed.is_empty() && unexpected.is_empty(), "{name}: planted {missed:#?}, found {unexpected:#?}");
        let covered: BTreeSet<&str> = planted.values().flatten().map(String::as_str).collect();
        let required: BTreeSet<&str> = all.iter().filter(|fault| !impossible.contains(fault)).copied().collect();
        let lost: Vec<&&str> = required.difference(&covered).collect();
        assert!(lost.is_empty(), "{name}: nothing is planted for {lost:?}");
        let possible: Vec<&&str> = impossible.iter().filter(|fault| covered.contains(**fault)).collect();
        assert!(possible.is_empty(), "{name}: planted, though said to be impossible: {possible:?}");
    }
}

/// What the posts of a folder say that is to be found, by path and line.
fn planted(overlay: &Path) -> Marks {
    let known: BTreeSet<String> = copydesk::lint::builtin_names().map(str::to_owned).collect();
    let mut marks = Marks::new();
    for (path, text) in posts(overlay, overlay) {
        let mut good = 0;
        for (number, line) in (1..).zip(text.lines()) {
            let says = match line.strip_prefix("- ") {
                Some(item) => item,
                None if line.starts_with("title") => line.rsplit_once(" # ").map_or("", |(_, says)| says),
                None => continue,
            };
            let words = says.split_whitespace().rev();
            let lints: BTreeSet<String> = words.take_while(|word| known.contains(*word)).map(str::to_owned).collect();
            let is_good = lints.is_empty() && says.ends_with(" none");
            assert!(!lints.is_empty() || is_good || line.starts_with("title"), "{path}:{number}: says nothing");
            good += usize::from(is_good);
            if !lints.is_empty() {
                marks.insert((path.clone(), number), lints);
            }
        }
        assert!(good > 0 || !text.contains("\n- "), "{path}: no good link stands beside the faults");
    }
    marks
}

/// What the program finds, by path and line. Of what is laid over the site, also which posts no other one links to.
fn found(root: &Path, overlay: &Path) -> Marks {
    let report = report(root, &["--only", "links"]);
    let posts: BTreeMap<String, String> = posts(overlay, overlay).collect();
    let mut marks = Marks::new();
    let diagnostics = report["diagnostics"].as_array().expect("an array");
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic["verdict"] == "reported") {
        let text = |key: &str| diagnostic[key].as_str().expect("a text").to_owned();
        let (path, lint) = (text("path"), text("lint"));
        let Some(post) = posts.get(&path) else {
            assert_eq!(lint, "orphan-post", "{path}: {diagnostic}");
            continue;
        };
        let place = |end: &str| diagnostic["span"][end].as_u64().and_then(|at| usize::try_from(at).ok());
        let (start, end) = place("start").zip(place("end")).expect("a span");
        let line = post[..start].matches('\n').count() + 1;
        let whole = post.lines().nth(line - 1).expect("it is there");
        if let Some((_, behind)) = whole.rsplit_once("](") {
            let address = behind.rsplit_once(") ").map_or("", |(address, _)| address);
            assert_eq!(&post[start..end], address, "{path}:{line}: {lint}");
        }
        marks.entry((path, line)).or_default().insert(lint);
    }
    marks
}

/// The posts below a folder: path relative to `root`, and text.
fn posts<'a>(folder: &'a Path, root: &'a Path) -> Box<dyn Iterator<Item = (String, String)> + 'a> {
    let entries = fs::read_dir(folder).expect("readable").map(|entry| entry.expect("readable").path());
    let is_post = |path: &Path| path.extension().is_some_and(|ending| ending == "md" || ending == "mdx");
    Box::new(entries.collect::<Vec<_>>().into_iter().flat_map(move |path| {
        if path.is_dir() {
            return posts(&path, root).collect::<Vec<_>>();
        }
        let relative = path.strip_prefix(root).expect("below it").to_string_lossy().replace('\\', "/");
        let text = is_post(&path).then(|| fs::read_to_string(&path).expect("readable"));
        text.map(|text| (relative, text)).into_iter().collect()
    }))
}
