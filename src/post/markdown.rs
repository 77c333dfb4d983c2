//! Markdown to blocks, links and an HTML skeleton.
