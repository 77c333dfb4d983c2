//! The name that was meant by one that does not exist.

/// The name a user most likely meant: the least edits, at most one for every three characters, the first of equals.
pub fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let length = name.chars().count();
    if length > 100 {
        return None;
    }
    let typed = name.to_lowercase().replace('_', "-");
    let reach = (length / 3).max(1);
    let distances = names.iter().map(|known| (strsim::osa_distance(&typed, known), *known));
    distances.filter(|(distance, _)| *distance <= reach).min_by_key(|(distance, _)| *distance).map(|(_, near)| near)
}
