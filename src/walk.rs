//! Which files are posts.
