//! scraper's tree, built by html5ever, with a note of which token made which element. html5ever tells its sink no positions:
//! the token at hand is left where the sink finds it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use ego_tree::NodeId;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName};
use scraper::{Html, HtmlTreeSink};

/// Which tokens an element came from.
#[derive(Debug, Default)]
pub(super) struct Origin {
    /// Index of its start tag; `None` when the parser made it up.
    pub(super) start: Option<u32>,
    /// Index of the last token that put text or a comment right into it.
    pub(super) reach: Option<u32>,
}

/// The token that is being processed.
#[derive(Debug, Default)]
pub(super) struct Current {
    /// Its index.
    pub(super) index: Cell<u32>,
    /// Whether it is text or a comment: what it is appended to reaches to it. (Elements bring their own tokens.)
    pub(super) adds: Cell<bool>,
    /// Its name, if it is a start tag from which no element was made yet. One token makes one element: the clones that
    /// html5ever makes of unclosed `<b>` are its own.
    pub(super) start_of: RefCell<Option<LocalName>>,
}

/// The sink.
pub(super) struct Sink {
    inner: HtmlTreeSink,
    pub(super) current: Current,
    origins: RefCell<HashMap<NodeId, Origin>>,
}

impl Sink {
    pub(super) fn new() -> Self {
        Self {
            inner: HtmlTreeSink::new(Html::new_fragment()),
            current: Current::default(),
            origins: RefCell::new(HashMap::new()),
        }
    }

    fn note_reach(&self, element: NodeId) {
        if !self.current.adds.get() {
            return;
        }
        let mut origins = self.origins.borrow_mut();
        origins.entry(element).or_default().reach = Some(self.current.index.get());
    }

    fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.inner.0.borrow().tree.get(node)?.parent().map(|parent| parent.id())
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = (Html, HashMap<NodeId, Origin>);
    type ElemName<'a> = <HtmlTreeSink as TreeSink>::ElemName<'a>;

    fn finish(self) -> Self::Output {
        (self.inner.finish(), self.origins.into_inner())
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.inner.elem_name(target)
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        // Names inside <svg> get their capitals back (`foreignObject`).
        let own = self.current.start_of.take_if_eq(&name.local);
        let node = self.inner.create_element(name, attributes, flags);
        if own {
            let start = Some(self.current.index.get());
            self.origins.borrow_mut().insert(node, Origin { start, reach: None });
        }
        node
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.inner.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.inner.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.note_reach(*parent);
        self.inner.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        self.inner.append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.inner.append_doctype_to_document(name, public, system);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, node: NodeOrText<NodeId>) {
        if let Some(parent) = self.parent(*sibling) {
            self.note_reach(parent);
            self.inner.append_before_sibling(sibling, node);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.inner.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.inner.reparent_children(node, new_parent);
    }
}

/// `Option::take_if` behind a `RefCell`.
trait TakeIfEq {
    fn take_if_eq(&self, name: &LocalName) -> bool;
}

impl TakeIfEq for RefCell<Option<LocalName>> {
    fn take_if_eq(&self, name: &LocalName) -> bool {
        self.borrow_mut().take_if(|own| own.eq_ignore_ascii_case(name)).is_some()
    }
}
