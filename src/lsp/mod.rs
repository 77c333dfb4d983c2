//! The language server: what the command line says of saved files, said of texts while they are written. One thread answers the
//! client, one for each site has its desk (`worker`), one reads what the client says; no other part of the library starts any.

mod action;
mod answer;
mod changed;
mod client;
mod complete;
mod cursor;
mod document;
mod folders;
mod hover;
mod input;
mod keys;
mod moving;
mod navigate;
mod opening;
mod position;
mod progress;
mod report;
mod server;
mod setup;
mod site;
mod sync;
mod uri;
mod waiting;
mod watched;
mod worker;

pub use server::{Sites, serve};
pub use worker::Opened;

#[cfg(test)]
mod tests;
