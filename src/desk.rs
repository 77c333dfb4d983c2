//! The loaded site.
