//! Taking copies of posts out of a site, and taking that back: the plan that a person may edit, what each action does under
//! each generator, the journal that makes all of it undoable. Finds no copies: that is the corpus's work.

mod action;
mod address;
mod apply;
mod journal;
mod listing;
mod plan;
mod prepare;
mod undo;

pub use action::{Action, Habits, Way};
pub use apply::{Done, Order, Outcome, apply, rehearse};
pub use journal::Store;
pub use listing::{Copies, Copy, Listing};
pub use plan::{CopyPlan, Group, Kept, Planned};
pub use undo::{Undone, undo};

/// Where posts go that are taken out, below the root; each apply has a folder of its own there, named by its number.
const QUARANTINE: &str = ".copydesk/quarantine";
/// Where journals are, below the root.
const UNDO: &str = ".copydesk/undo";
