//! Zola, by `components/utils/src/slugs.rs`.

use deunicode::deunicode_char;

/// `slugify.anchors: on`, which is the default: everything in ASCII letters (`中` is `zhong`), the rest runs of hyphens, as
/// crate slug 0.1.6 does it. Its table of letters, of crate deunicode, is the one thing here that nobody can write anew.
pub(in crate::site) fn on(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            push(c, &mut id);
        } else {
            deunicode_char(c).unwrap_or("-").chars().for_each(|c| push(c, &mut id));
        }
    }
    if id.ends_with('-') {
        id.pop();
    }
    id
}

fn push(c: char, id: &mut String) {
    if c.is_ascii_alphanumeric() {
        id.push(c.to_ascii_lowercase());
    } else if !id.is_empty() && !id.ends_with('-') {
        id.push('-');
    }
}

/// `safe` and `off`: each blank an underscore. (Zola's documentation says a hyphen, its code does not.)
pub(super) fn safe(text: &str) -> String {
    text.replace(|c: char| c.is_ascii_whitespace(), "_")
}
