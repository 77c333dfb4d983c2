//! NFKC and lower case, character by character, with the place each came from.
