//! The HTML embedded in a post, as a DOM whose elements, attributes and comments know their exact bytes.

/// The embedded HTML of a post.
#[derive(Debug, Default)]
pub struct Markup {}
impl Markup {
    /// x
    pub fn comments(&self) -> std::vec::IntoIter<(&str, crate::source::Span)> {
        vec![].into_iter()
    }
}
