//! The name that was meant by one that does not exist.

/// The name a user most likely meant: the least edits, at most one for every three characters, the first of equals.
pub fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    nearest_of(name, names.iter().map(|known| (*known, known.chars().count())))
}

/// The same among names of which it is known how many characters they have.
pub fn nearest_of<'a>(name: &str, names: impl Iterator<Item = (&'a str, usize)>) -> Option<&'a str> {
    let length = name.chars().count();
    if length > 100 {
        return None;
    }
    let typed = name.to_lowercase().replace('_', "-");
    let (typed_length, reach) = (typed.chars().count(), (length / 3).max(1));
    // Each letter more or less is an edit: most names need no look at their letters.
    let near = names.filter(|(_, length)| length.abs_diff(typed_length) <= reach);
    let distances = near.map(|(known, _)| (strsim::osa_distance(&typed, known), known));
    distances.filter(|(distance, _)| *distance <= reach).min_by_key(|(distance, _)| *distance).map(|(_, near)| near)
}
