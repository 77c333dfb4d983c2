//! TOML to spanned values.
