//! Names of lints and families that are known, and what to say of a name that is not.

use crate::spanned::nearest;

/// The names a user may use for lints.
#[derive(Clone, Debug, Default)]
pub struct Known<'a> {
    /// Names of lints.
    pub lints: Vec<&'a str>,
    /// Names of families.
    pub families: Vec<&'a str>,
}

impl Known<'_> {
    /// What is wrong with `name` as the name of one lint, and what to do about it; `None` if there is such a lint.
    pub fn missing_lint(&self, name: &str) -> Option<(String, String)> {
        if self.lints.contains(&name) {
            return None;
        }
        let help = if self.families.contains(&name) {
            format!("`{name}` is a family; name each of its lints (`copydesk list`)")
        } else {
            suggestion(name, &self.lints)
        };
        Some((format!("no lint is called `{name}`"), help))
    }

    /// The same where the name of a family stands for all its lints.
    pub fn missing(&self, name: &str) -> Option<(String, String)> {
        if self.lints.contains(&name) || self.families.contains(&name) {
            return None;
        }
        let all: Vec<&str> = self.lints.iter().chain(&self.families).copied().collect();
        Some((format!("no lint or family is called `{name}`"), suggestion(name, &all)))
    }
}

fn suggestion(name: &str, names: &[&str]) -> String {
    nearest(name, names)
        .map_or_else(|| "`copydesk list` shows all lints".to_owned(), |near| format!("did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known<'static> {
        Known { lints: vec!["short-title", "long-title", "dead-link"], families: vec!["links"] }
    }

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(nearest("shrot-title", &known().lints), Some("short-title"));
        assert_eq!(nearest("Dead_Link", &known().lints), Some("dead-link"));
        assert_eq!(nearest("spelling", &known().lints), None);
        assert_eq!(nearest("", &known().lints), None);
    }

    #[test]
    fn a_family_is_no_lint_but_may_stand_for_its_lints() {
        assert_eq!(known().missing("links"), None);
        let (message, help) = known().missing_lint("links").expect("it is a family");
        assert_eq!(message, "no lint is called `links`");
        assert_eq!(help, "`links` is a family; name each of its lints (`copydesk list`)");
    }

    #[test]
    fn points_to_the_list_when_nothing_is_near() {
        let (_, help) = known().missing("spelling").expect("there is no such name");
        assert_eq!(help, "`copydesk list` shows all lints");
    }
}
