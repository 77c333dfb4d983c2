//! Notes at the foot of a page, and the ids that engines give to them and to the places that refer to them.

use std::collections::HashMap;

use crate::site::anchor::Engine;

/// A reference to a note that the page defines: the label between `[^` and `]`.
pub(in crate::post) type Note = Box<str>;

/// The ids of notes. `notes` are the references in order of position. Of kramdown 2.4, goldmark (Hugo 0.111), remark-rehype 11,
/// Python-Markdown 3.11 as they were run; of Zola and markdown-it-footnote as they are documented.
pub(super) fn ids(notes: &[Note], engine: Engine) -> Vec<String> {
    let mut ids = Vec::new();
    // Number of the note, and how often it was referred to.
    let mut seen: HashMap<&str, (usize, usize)> = HashMap::new();
    for label in notes {
        let number = seen.len() + 1;
        let entry = seen.entry(label).and_modify(|(_, times)| *times += 1).or_insert((number, 1));
        let (number, times) = *entry;
        push(&mut ids, engine, (label, number, times));
    }
    if !ids.is_empty() && is_remark(engine) {
        // The heading above the notes.
        ids.push("footnote-label".to_owned());
    }
    ids
}

fn is_remark(engine: Engine) -> bool {
    matches!(engine, Engine::GitHub | Engine::Docusaurus | Engine::Astro)
}

/// Adds the ids of a reference and, the first time, of its note.
fn push(ids: &mut Vec<String>, engine: Engine, (label, number, times): (&str, usize, usize)) {
    use Engine::*;
    let is_first = times == 1;
    let again = |before: &str| if is_first { String::new() } else { format!("{before}{times}") };
    let (note, reference) = match engine {
        GitHub | Docusaurus | Astro => {
            let label = label.to_lowercase();
            (format!("user-content-fn-{label}"), format!("user-content-fnref-{label}{}", again("-")))
        }
        KramdownGfm | Kramdown => {
            let again = if is_first { String::new() } else { format!(":{}", times - 1) };
            (format!("fn:{label}"), format!("fnref:{label}{again}"))
        }
        HugoGitHub | HugoAscii | HugoBlackfriday => {
            let again = if is_first { String::new() } else { (times - 1).to_string() };
            (format!("fn:{number}"), format!("fnref{again}:{number}"))
        }
        PythonMarkdown | PythonMarkdownUnicode => (format!("fn:{label}"), format!("fnref{}:{label}", again(""))),
        ZolaOn | ZolaSafe => {
            // Since notes may stand at the bottom, `fn-`; before, the mere label.
            if is_first {
                ids.push(label.to_owned());
            }
            (format!("fn-{label}"), format!("fr-{label}-{times}"))
        }
        // A plug-in of markdown-it, where there is one.
        Hexo | HexoLower | HexoUpper | VitePress | Written | Unknown => {
            let again = if is_first { String::new() } else { format!(":{}", times - 1) };
            (format!("fn{number}"), format!("fnref{number}{again}"))
        }
    };
    if is_first {
        ids.push(note);
    }
    ids.push(reference);
}
