//! Reading a file of the site, whatever stands there: why it cannot be read, and what to do about it.

use std::fs::{self, File};
use std::io::{self, Read};
use std::sync::Arc;

use super::Found;
use crate::diagnostic::Failure;
use crate::source::{MAX_BYTES, Source};

/// Reads the file at a path, whatever stands there, and decodes it.
///
/// # Errors
/// When it is gone, unreadable, no regular file, or larger than a post can be.
pub fn read(found: &Found) -> Result<Source, Failure> {
    // Asked before opening: opening a pipe would wait for its writer for ever.
    match fs::metadata(&found.file) {
        Ok(metadata) if !metadata.is_file() => Err(no_file(found, &metadata)),
        _ => bytes(found, &mut vec![]).map(|bytes| Source::from_bytes(&found.path, bytes)),
    }
}

/// The bytes of a file that the walk found, which it does only of regular files; in `buffer`, in place of what was there.
///
/// # Errors
/// When it is gone, unreadable, or larger than a post can be.
pub fn bytes<'b>(found: &Found, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], Failure> {
    let failed = |error: io::Error| failure(found, format!("cannot read: {}", plain(&error)), help_for(&error));
    let file = File::open(&found.file).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(no_file(found, &metadata));
    }
    if metadata.len() > MAX_BYTES {
        return Err(too_large(&found.path, metadata.len()));
    }
    if buffer.capacity() > KEPT_BUFFER {
        *buffer = vec![];
    }
    buffer.clear();
    buffer.reserve(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    // The file may grow while it is read.
    file.take(MAX_BYTES + 1).read_to_end(buffer).map_err(failed)?;
    if buffer.len() as u64 > MAX_BYTES {
        return Err(too_large(&found.path, buffer.len() as u64));
    }
    Ok(buffer)
}

fn failure(found: &Found, error: String, help: &str) -> Failure {
    Failure { path: found.path.clone(), error, help: help.to_owned() }
}

fn no_file(found: &Found, metadata: &fs::Metadata) -> Failure {
    let kind = if metadata.is_dir() { "a folder" } else { "a pipe, socket or device" };
    failure(found, format!("cannot read: this is {kind}, not a file"), "exclude it")
}

/// A larger buffer is given back: most posts are small.
const KEPT_BUFFER: usize = 1024 * 1024;

/// What is said of a file, or of what will be one, that has more bytes than a post can have.
pub fn too_large(path: &Arc<str>, bytes: u64) -> Failure {
    let limit = MAX_BYTES / (1024 * 1024);
    let error = format!("too large to be a post: {} MB, the limit is {limit} MB", bytes.div_ceil(1024 * 1024));
    Failure { path: path.clone(), error, help: "exclude it, or split it into several posts".to_owned() }
}

/// The reason without the number that the operating system gives it.
pub(super) fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder (any more)".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

pub(super) fn help_for(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "check the path; a file may have been moved during the run",
        io::ErrorKind::PermissionDenied => "make it readable, or exclude it",
        _ => "exclude it if it is not part of the site",
    }
}
