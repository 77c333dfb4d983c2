//! Which files are posts.

use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::Failure;
use crate::site::Role;
use crate::source::Source;

/// x
#[derive(Clone, Debug)]
pub struct File {
    /// x
    pub path: Arc<str>,
    /// x
    pub location: PathBuf,
    /// x
    pub role: Role,
}

/// x
pub fn read(_file: &File) -> Result<Source, Failure> {
    unreachable!()
}
