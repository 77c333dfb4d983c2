//! Copies in groups, as they are listed: for people, as JSON (docs/dedup.md), as CSV.

use std::io;

use serde_json::{Value, json};

use super::sanitise::line;
use super::{Options, plural};
use crate::dedup::{Action, Copies, Copy, Listing};

/// The version of the JSON.
const VERSION: u32 = 1;
/// The columns of the CSV.
const COLUMNS: &str = "cluster,kept,because,path,class,similarity,containment,action\r\n";

/// Writes each cluster with the post that stays, why, and its copies with what is planned for them.
///
/// # Errors
/// When `out` does.
pub fn pretty(listing: &Listing, action: Action, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    for cluster in &listing.clusters {
        let kept = line(&cluster.kept, options.ascii);
        if options.color {
            writeln!(out, "\x1b[1m{kept}\x1b[0m")?
        } else {
            writeln!(out, "{kept}")?
        }
        writeln!(out, "  kept: {}", cluster.because.reason())?;
        for copy in &cluster.members {
            let (class, per_cent) = (copy.relation.class.name(), copy.relation.per_cent());
            let path = line(&copy.path, options.ascii);
            writeln!(out, "  {class:<14} {per_cent:>3} %  {:<10}  {path}", action.name())?;
        }
        writeln!(out)?;
    }
    if options.summary {
        writeln!(out, "{}", sum(listing))?;
    }
    Ok(())
}

fn sum(listing: &Listing) -> String {
    let posts = plural(listing.posts, "post");
    let mut sum = match listing.copies() {
        0 => format!("no copies among {posts}"),
        copies => {
            let copies = if copies == 1 { "1 copy".to_owned() } else { format!("{copies} copies") };
            format!("{copies} in {} among {posts}", plural(listing.clusters.len(), "cluster"))
        }
    };
    if listing.elsewhere > 0 {
        sum.push_str(&format!("; {} more outside of the paths named", listing.elsewhere));
    }
    sum
}

/// Writes one JSON object.
///
/// # Errors
/// When `out` does.
pub fn json(listing: &Listing, action: Action, out: &mut dyn io::Write) -> io::Result<()> {
    let clusters: Vec<Value> = listing.clusters.iter().map(|cluster| object(cluster, action)).collect();
    let value = json!({
        "version": VERSION,
        "clusters": clusters,
        "summary": {
            "posts": listing.posts,
            "clusters": listing.clusters.len(),
            "copies": listing.copies(),
            "elsewhere": listing.elsewhere,
        },
    });
    writeln!(out, "{value}")
}

fn object(cluster: &Copies, action: Action) -> Value {
    let member = |copy: &Copy| {
        let relation = &copy.relation;
        json!({
            "path": &*copy.path,
            "class": relation.class.name(),
            "similarity": share(relation.similarity()),
            "containment": share(relation.containment()),
            "shared": relation.shared,
            "union": relation.union,
            "numbers": { "shared": relation.numbers.0, "union": relation.numbers.1 },
            "action": action.name(),
        })
    };
    json!({
        "kept": &*cluster.kept,
        "because": cluster.because.reason(),
        "members": cluster.members.iter().map(member).collect::<Vec<_>>(),
    })
}

/// Writes a line of names, then one for each copy, as RFC 4180 has it.
///
/// # Errors
/// When `out` does.
pub fn csv(listing: &Listing, action: Action, out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(COLUMNS.as_bytes())?;
    for (at, cluster) in listing.clusters.iter().enumerate() {
        for copy in &cluster.members {
            let relation = &copy.relation;
            let fields = [
                (at + 1).to_string(),
                field(&cluster.kept),
                field(cluster.because.reason()),
                field(&copy.path),
                relation.class.name().to_owned(),
                share(relation.similarity()).to_string(),
                share(relation.containment()).to_string(),
                action.name().to_owned(),
            ];
            write!(out, "{}\r\n", fields.join(","))?;
        }
    }
    Ok(())
}

/// Four places, never rounded up: only equal texts are 1.
fn share(share: f64) -> f64 {
    (share * 10_000.0).floor() / 10_000.0
}

/// A field of a line of CSV.
pub(super) fn field(text: &str) -> String {
    if text.contains(char::is_control) {
        // A name that would steer a terminal is of no use to a program either.
        return format!("\"{}\"", line(text, false).replace('"', "\"\""));
    }
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Class, KeptBecause, Relation};

    fn listing() -> Listing {
        let near = Relation { class: Class::Near, shared: 899, union: 1000, smaller: 900, numbers: (1, 2) };
        let same = Relation { class: Class::Identical, shared: 5, union: 5, smaller: 5, numbers: (0, 0) };
        let members = vec![
            Copy { path: "b, \"c\".md".into(), relation: near },
            Copy { path: "x\u{1b}[2J.md".into(), relation: same },
        ];
        let cluster = Copies { kept: "a.md".into(), because: KeptBecause::Oldest, members };
        Listing { clusters: vec![cluster], posts: 9, elsewhere: 0 }
    }

    fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).expect("a vector takes all");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn people_see_what_is_kept_and_why() {
        let text = written(|out| pretty(&listing(), Action::Delete, Options::PLAIN, out));
        let expected = "\
a.md
  kept: it is the oldest
  near-duplicate  89 %  delete      b, \"c\".md
  identical      100 %  delete      x␛[2J.md

2 copies in 1 cluster among 9 posts
";
        assert_eq!(text, expected);
        let none = Listing { posts: 1, elsewhere: 2, ..Listing::default() };
        let text = written(|out| pretty(&none, Action::Delete, Options::PLAIN, out));
        assert_eq!(text, "no copies among 1 post; 2 more outside of the paths named\n");
    }

    #[test]
    fn machines_see_all_counts() {
        let value: Value = serde_json::from_str(&written(|out| json(&listing(), Action::Delete, out))).expect("JSON");
        assert_eq!(value["summary"], json!({"posts": 9, "clusters": 1, "copies": 2, "elsewhere": 0}));
        let member = json!({
            "path": "b, \"c\".md", "class": "near-duplicate", "similarity": 0.899, "containment": 0.9988, "shared": 899,
            "union": 1000, "numbers": {"shared": 1, "union": 2}, "action": "delete",
        });
        assert_eq!(value["clusters"][0]["members"][0], member);
        let text = written(|out| csv(&listing(), Action::Quarantine, out));
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[1], "1,a.md,it is the oldest,\"b, \"\"c\"\".md\",near-duplicate,0.899,0.9988,quarantine");
        assert_eq!((lines.len(), lines[3]), (4, ""));
    }
}
