//! Texts in double quotes, in the form that YAML, TOML and JSON all read alike.

/// The text in double quotes.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Not printable in YAML, or a line break to it.
            '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spanned::{json, toml, yaml};

    #[test]
    fn three_formats_read_it_alike() {
        for text in
            ["", "a", "\"\\\n\r\t\0\x07\x7f\u{85}\u{2028}\u{feff}", "银行: #1 'x' {y} [z] 👍", " a ", "true", "~"]
        {
            let quoted = quoted(text);
            let key = |root: crate::spanned::Node| root.get("k").and_then(|node| node.as_str().map(str::to_owned));
            assert_eq!(key(yaml::parse(&format!("k: {quoted}\n")).expect("valid")).as_deref(), Some(text), "{quoted}");
            assert_eq!(key(toml::parse(&format!("k = {quoted}\n")).expect("valid")).as_deref(), Some(text), "{quoted}");
            assert_eq!(key(json::parse(&format!("{{\"k\": {quoted}}}")).expect("valid")).as_deref(), Some(text));
        }
    }
}
