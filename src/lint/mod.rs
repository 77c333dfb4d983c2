//! Lint records.
