//! Links and images that template tags make by themselves: `{% post_link sea %}`, `{{< figure src="sea.png" >}}`. Tags that
//! stand in the address of another link belong to that link.

use super::call::{Argument, Call, Syntax};
use super::written::{Said, said};
use super::{Link, LinkKind};
use crate::post::markup::Markup;
use crate::post::mask::{Tag, TagKind};
use crate::post::part;
use crate::post::prose::{BlockKind, Prose};
use crate::source::Span;

/// Of tags whose argument is the address itself.
struct Shown<'a> {
    address: &'a str,
    image: bool,
}

/// The links that `tags` make, but for those in `taken`: addresses of other links, sorted by where they begin.
pub(super) fn links(text: &str, tags: &[Tag], taken: &[Span], prose: &Prose, markup: &Markup) -> Vec<Link> {
    let mut links = Vec::new();
    let mut next = 0;
    let mut taken_until = 0;
    let mut is_raw = false;
    for tag in tags {
        while let Some(span) = taken.get(next).filter(|span| span.start <= tag.span.start) {
            taken_until = taken_until.max(span.end);
            next += 1;
        }
        let whole = &text[tag.span.range()];
        let Some((call, _)) = Call::read(whole).filter(|(_, length)| *length == whole.len()) else { continue };
        match call.name {
            "raw" | "endraw" if call.syntax == Syntax::Statement => is_raw = call.name == "raw",
            _ if is_raw || tag.kind != TagKind::Output || tag.span.start < taken_until => {}
            _ if !is_rendered(tag, prose, markup) => {}
            _ => push(text, tag, &call, &mut links),
        }
    }
    links
}

/// Whether a tag stands neither in code nor in a comment nor in the description of an image.
fn is_rendered(tag: &Tag, prose: &Prose, markup: &Markup) -> bool {
    let block = prose.block_of_source(tag.span).map(|index| &prose.blocks[index]);
    let next = prose.segments.partition_point(|segment| segment.source.end <= tag.span.start);
    let segment = prose.segments.get(next).filter(|segment| segment.source.contains(tag.span));
    let past = markup.comments().partition_point(|comment| comment.span.start <= tag.span.start);
    let comment = past.checked_sub(1).and_then(|index| markup.comments().get(index));
    block.is_none_or(|block| block.kind != BlockKind::Code)
        && segment.is_none_or(|segment| segment.source == tag.span)
        && comment.is_none_or(|comment| comment.span.end <= tag.span.start)
}

/// Adds the links of one tag.
fn push(text: &str, tag: &Tag, call: &Call<'_>, links: &mut Vec<Link>) {
    let shown = shown(call);
    let link = |address: &str, url: &str, image| {
        let place = part::place(&text[tag.span.range()], address)?;
        let target = Span::new(place.start, place.end).shifted(tag.span.range().start);
        let url = url.to_owned();
        Some(Link { kind: LinkKind::Tag, image, span: tag.span, target, url, ..Link::default() })
    };
    if !shown.is_empty() {
        links.extend(shown.iter().filter_map(|shown| link(shown.address, shown.address, shown.image)));
        return;
    }
    let address = match said(call) {
        Said::Post(name) | Said::Source(name) | Said::Page(name) | Said::Slug(name) | Said::Asset(name) => name,
        // `{{ '/a' | relative_url }}`; without a text it is but the beginning of an address.
        Said::Text(said) if (said.base || said.origin) && !said.text.is_empty() => call.rest,
        Said::Text(_) | Said::Unknown => return,
    };
    links.extend(link(address, &text[tag.span.range()], call.name == "asset_img"));
}

/// The addresses that stand in a tag as they are.
fn shown<'a>(call: &Call<'a>) -> Vec<Shown<'a>> {
    let is_http = |value: &str| value.contains("://") || value.starts_with("www.") || value.starts_with("mailto:");
    let first = |is_address: &dyn Fn(&str) -> bool, image| {
        let found = call.arguments().map(|argument| argument.value).find(|value| is_address(value));
        found.map(|address| Shown { address, image }).into_iter().collect()
    };
    match (call.syntax, call.name) {
        // Hexo looks for the first argument that has a host; Jekyll's tag of the same name is given a path and nothing else.
        (Syntax::Statement, "link") => first(&is_http, false),
        (Syntax::Statement, "img") => first(&|value| value.starts_with('/') || is_http(value), true),
        (Syntax::Shortcode, "figure") => {
            let named = |argument: Argument<'a>| {
                let image = match argument.name? {
                    "src" => true,
                    "link" => false,
                    _ => return None,
                };
                (!argument.value.is_empty()).then_some(Shown { address: argument.value, image })
            };
            call.arguments().filter_map(named).collect()
        }
        _ => Vec::new(),
    }
}
