//! One post: everything its matchers find, judged.

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;
use crate::post::Post;
use crate::suppress::Suppressions;

use super::judge;

/// Runs the plan's matchers over a post. Blocks that the first ones mark as not the author's text are set aside before the
/// others look, so that a navigation footer is neither counted nor taken for the end of the text. With the diagnostics comes what
/// the author wishes not to be told.
pub(super) fn post(plan: &Plan, post: &mut Post) -> (Vec<Diagnostic>, Suppressions) {
    let mut found = plan.first.in_post(post);
    found.retain(|(lint, _)| plan.level(*lint, post).is_some());
    for (_, hit) in &found {
        post.set_aside(hit.span);
    }
    found.extend(plan.second.in_post(post));
    let (wishes, faults) = judge::suppression::read(plan, post);
    found.extend(faults);
    (judge::post(plan, post, found, &wishes), wishes)
}
