//! A cheap question before selectors are tried: most elements have no attribute, and most selectors ask for one.

use crate::post::Element;

/// Which elements without attributes a selector may choose. It reads the text of the selector and knows nothing of CSS beyond
/// what parts compound selectors; where in doubt it lets elements pass.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Gate {
    /// Any of them.
    all: bool,
    /// Those of these names.
    names: Vec<String>,
}

impl Gate {
    /// The gate of a list of selectors.
    pub(super) fn of(selectors: &str) -> Self {
        let mut gate = Self::default();
        for subject in subjects(selectors) {
            if subject.contains(['.', '#', '[']) {
                continue;
            }
            let name = subject.split(':').next().unwrap_or_default().replace('\\', "");
            if subject.contains('\\') || name.is_empty() || name == "*" {
                gate.all |= !subject.contains('\\');
                gate.names.push(subject.replace('\\', "").to_ascii_lowercase());
            } else {
                gate.names.push(name.to_ascii_lowercase());
            }
        }
        gate
    }

    /// Whether the selectors may choose `element`.
    pub(super) fn admits(&self, element: &Element<'_>) -> bool {
        self.all || !element.attributes().is_empty() || self.names.iter().any(|name| name == element.name())
    }
}

/// The last compound of each selector of a list, without what stands in brackets of pseudo-classes.
fn subjects(selectors: &str) -> Vec<String> {
    let mut all = vec![];
    let mut subject = String::new();
    let (mut depth, mut is_parted, mut quote) = (0_usize, false, None);
    for c in selectors.chars() {
        match (quote, c) {
            (Some(open), _) => quote = (c != open).then_some(open),
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, _) if depth > 0 => {}
            (None, ',') => {
                all.push(std::mem::take(&mut subject));
                is_parted = false;
            }
            (None, ' ' | '\n' | '\t' | '>' | '+' | '~') => is_parted = true,
            (None, _) => {
                if std::mem::take(&mut is_parted) {
                    subject.clear();
                }
                subject.push(c);
                depth += usize::from(c == '[');
            }
        }
    }
    all.push(subject);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_without_attributes_pass_only_where_a_selector_asks_for_none() {
        let gate = |selectors: &str| Gate::of(selectors);
        let names = |names: &[&str]| Gate { all: false, names: names.iter().map(|n| (*n).to_owned()).collect() };
        assert_eq!(gate(".a, p[b], #c"), names(&[]));
        assert_eq!(gate("p:not([id]):not(.x), .a > b, i .c, [d~=e]~f"), names(&["p", "b", "f"]));
        assert_eq!(gate(r#"o\:p, [a="x, y"], Q:first-child"#), names(&["o:p", "q"]));
        assert!(gate(":not([id])").all && gate("*").all && gate("div *").all && gate(".a, :hover").all);
    }
}
