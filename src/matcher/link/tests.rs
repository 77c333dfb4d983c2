//! Links: conditions and a text in; marked bytes out.
