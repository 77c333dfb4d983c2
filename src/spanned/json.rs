//! JSON to spanned values.
