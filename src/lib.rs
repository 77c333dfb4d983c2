//! copydesk: the last read before a post goes out.
//!
//! ```text
//!             lints/**/*.yaml ─┐
//!  copydesk.yaml ──► Config ───┴─► Plan ──────────────────────────────┐
//!                                                                     ▼
//!  files ─walk─► Source ─parse─► Post ─┬─► post matchers ──► Hits ──────────┐
//!         (bytes→text)  (site profile) └─► Facts ─► Corpus ─► corpus matchers ─► Hits ─┤
//!                                                                     ▼
//!                                     judge: level · precedence · suppression · merging ─► Report ─► emit
//! ```
//!
//! Everything can be used by itself:
//!
//! ```
//! use copydesk::post::Post;
//! use copydesk::site::{Role, Site, plain::PLAIN};
//! use copydesk::source::Source;
//!
//! let source = Source::from_text("ships.md", "# Ships\n\nSee [the log](/log/).\n");
//! let post = Post::parse(source, &Site::of(&PLAIN), Role::Post);
//! assert_eq!(post.links[0].url, "/log/");
//! assert_eq!(post.source.slice(post.links[0].target), "/log/");
//! ```
//!
//! The modules below stand in their order: each may import only from those above it
//! (`tests/architecture.rs` checks it). ARCHITECTURE.md tells the rest.

pub mod source;
pub mod diagnostic;
pub mod spanned;
pub mod site;
pub mod fingerprint;
pub mod post;
pub mod corpus;
pub mod matcher;
pub mod lint;
pub mod suppress;
pub mod baseline;
pub mod fix;
pub mod config;
pub mod plan;
pub mod walk;
pub mod cache;
pub mod git;
#[cfg(feature = "online")]
pub mod online;
pub mod desk;
pub mod dedup;
pub mod survey;
pub mod emit;
pub mod lsp;
pub mod cli;
