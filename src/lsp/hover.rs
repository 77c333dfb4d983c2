//! What a diagnostic is about, for whoever points at it.

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;

/// Most diagnostics that are explained at once.
const MOST: usize = 3;

/// The explanation in Markdown; `None` of nothing.
pub(super) fn explanation(plan: &Plan, diagnostics: &[&Diagnostic]) -> Option<String> {
    let parts = diagnostics.iter().take(MOST).map(|one| {
        let lint = plan.number(&one.lint).map(|number| &plan.lints[number].lint);
        let why = lint.map_or_else(String::new, |lint| lint.record.why.replace("{generator}", plan.site.profile.title));
        // What is wrong and what to do stands in the diagnostic, which editors show beside this.
        format!("**{}**: {}", one.lint, why.trim())
    });
    let text = parts.collect::<Vec<_>>().join("\n\n---\n\n");
    (!text.is_empty()).then_some(text)
}

/// Words that may hold words of a post, so that nothing in them is markup.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            continue;
        }
        if matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn words_of_posts_are_no_markup() {
        assert_eq!(plain("`a` [b](javascript:c) <img>\u{7}"), "`a` \\[b\\](javascript:c) \\<img\\>");
    }
}
