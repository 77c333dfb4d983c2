//! No network looks like a site whose links all died at once: some systems say of every name that it does not exist. Before
//! that is believed, pages that were good lately are asked.

use std::collections::HashSet;

use url::Url;

use super::transport::Fault;
use super::visit::{End, Finding};

/// So many hosts without a name are a suspicion, and so many good pages are asked for against it.
const HOSTS: usize = 3;

/// Whether nobody answered, and several names were said not to exist.
pub(super) fn is_suspected<'f>(findings: impl Iterator<Item = (&'f Url, &'f Finding)>) -> bool {
    let mut hosts = HashSet::new();
    for (url, finding) in findings {
        if is_answer(finding) {
            return false;
        }
        if finding.end == End::Failed(Fault::NoSuchName) {
            hosts.insert(url.host_str());
        }
    }
    hosts.len() >= HOSTS
}

/// Whether anything came back from the network.
pub(super) fn is_answer(finding: &Finding) -> bool {
    !finding.chain.is_empty() || !matches!(finding.end, End::Failed(_))
}

/// Which of these pages to ask as witnesses: few, and of different hosts.
pub(super) fn witnesses<'u>(good: impl Iterator<Item = &'u Url>) -> Vec<Url> {
    let mut hosts = HashSet::new();
    good.filter(|url| hosts.insert(url.host_str())).take(HOSTS).cloned().collect()
}

/// What is found instead of names that do not exist.
pub(super) fn excuse(finding: &mut Finding) {
    if finding.end == End::Failed(Fault::NoSuchName) {
        finding.end = End::Failed(Fault::LookUp("no name is known, as if there were no network".to_owned()));
    }
}
