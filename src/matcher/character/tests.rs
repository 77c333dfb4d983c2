//! What each kind of search finds, and what it leaves alone.

use super::*;
use crate::matcher::Hit;
use crate::post::Post;
use crate::site::{Role, Site, plain::PLAIN};
use crate::source::Source;

fn hits(spec: &str, text: &str) -> (Post, Vec<Hit>) {
    let spec: Spec = serde_yaml::from_str(spec).expect("the spec is well-formed");
    let source = Source::from_bytes("a.md", text.as_bytes().to_vec());
    let site = Site { profile: &PLAIN, publishes_future: false, has_content_folder: true, base: "" };
    let post = Post::parse(source, &site, Role::Post);
    let context = Context { site, now: jiff::Timestamp::UNIX_EPOCH, demands: Default::default() };
    let mut out = vec![];
    spec.build(&context).expect("the spec can be built").hits(&post, &mut out);
    (post, out)
}
