//! Addresses of Jekyll, by its code and its documentation.
