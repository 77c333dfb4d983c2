//! What was found in the labelled set, in Markdown.

use copydesk::corpus::Class;

use super::measured::{Found, Measured, is_copy, share};
use super::{Apart, EDITS, Kind, Language, Length, Set};

/// Where the tables stand in the document.
pub const START: &str = "<!-- tables: cargo bench --bench duplicates -->\n";
/// Where they end.
pub const END: &str = "<!-- end of tables -->\n";

/// The classes in the columns.
const CLASSES: [Option<Class>; 6] = [
    Some(Class::Identical),
    Some(Class::Near),
    Some(Class::Contained),
    Some(Class::Templated),
    Some(Class::Similar),
    None,
];

/// All tables.
pub fn tables(set: &Set, measured: &Measured) -> String {
    let (posts, pairs) = (set.posts.len(), set.pairs.len());
    let mut out = format!("\n{posts} posts, {pairs} labelled pairs.\n\n");
    out += &totals(measured);
    out += "\n### Found, by kind of edit, language and length (per cent)\n\n";
    out += &by_length(measured);
    out += "\n### What the pairs are called (number of pairs)\n\n";
    out += &by_class(measured);
    out + "\n"
}

fn totals(measured: &Measured) -> String {
    let rows = [
        ("pairs called copies that are copies (precision)", measured.called),
        ("posts in clusters that are copies of the post kept", measured.members),
        ("pairs with a similarity of 50 % and more that are candidates", measured.alike),
        ("copies and edits of 10 % at most, long and medium, found", measured.small_edits()),
        ("all edits and lengths, found", measured.recall(|kind, _, _| matches!(kind, Kind::Copy(_)))),
    ];
    let mut out = String::from("| | of | share |\n|---|---:|---:|\n");
    for (name, counts) in rows {
        out += &format!("| {name} | {} | {:.3} |\n", counts.0, share(counts));
    }
    out
}

/// The columns: language and length.
fn columns() -> impl Iterator<Item = (Language, Length)> {
    Language::ALL.into_iter().flat_map(|language| Length::ALL.map(|length| (language, length)))
}

fn by_length(measured: &Measured) -> String {
    let heads: Vec<_> = columns().map(|(language, length)| format!("{} {}", language.code(), length.name())).collect();
    let mut out = format!("| edit | {} |\n|---|{}\n", heads.join(" | "), "---:|".repeat(heads.len()));
    for edit in EDITS {
        let cells: Vec<_> = columns()
            .map(|(language, length)| {
                let counts = measured.recall(|k, la, le| k == Kind::Copy(edit) && la == language && le == length);
                format!("{:.1}", share(counts) * 100.0)
            })
            .collect();
        out += &format!("| {} | {} |\n", edit.name(), cells.join(" | "));
    }
    out
}

fn by_class(measured: &Measured) -> String {
    let heads: Vec<_> = CLASSES.iter().map(|class| class.map_or("none", Class::name)).collect();
    let mut out = format!("| kind | pairs | {} |\n|---|{}\n", heads.join(" | "), "---:|".repeat(heads.len() + 1));
    let kinds = EDITS.map(Kind::Copy).into_iter().chain(Apart::ALL.map(Kind::Apart));
    for kind in kinds {
        let mut total = Found::new();
        for (_, found) in measured.cells.iter().filter(|((of, _, _), _)| *of == kind) {
            found.iter().for_each(|(class, count)| *total.entry(*class).or_default() += count);
        }
        let name = match kind {
            Kind::Copy(edit) => edit.name(),
            Kind::Apart(why) => format!("*{}*", why.name()),
        };
        let cells: Vec<_> = CLASSES.iter().map(|class| total.get(class).copied().unwrap_or(0)).collect();
        let cells = cells.iter().zip(&CLASSES).map(|(count, class)| match kind {
            Kind::Apart(_) if *count > 0 && is_copy(*class) => format!("**{count}**"),
            _ => count.to_string(),
        });
        let pairs: usize = total.values().sum();
        out += &format!("| {name} | {pairs} | {} |\n", cells.collect::<Vec<_>>().join(" | "));
    }
    out
}
