//! YAML to spanned values.
