//! The one place that escapes for XML. What comes out may stand in an attribute between double quotes and in a text, and
//! holds no character that XML 1.0 forbids even by number.

use super::sanitise::Shown;

/// Escapes text. Line breaks and tabs are numbers, since a parser makes blanks of them in attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", u32::from(c))),
            // XML 1.0 (section 2.2) forbids the C0 controls and these two, and discourages the C1 controls.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => push_visible(c, &mut out),
            c => out.push(c),
        }
    }
    out
}

/// The name or picture of a character, which holds no other that is escaped.
fn push_visible(c: char, out: &mut String) {
    let mut visible = String::new();
    Shown::of(c, false).push_to(&mut visible);
    out.push_str(&visible.replace('<', "&lt;").replace('>', "&gt;"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_what_it_stands_in() {
        for (text, expected) in [
            ("a ]]> b", "a ]]&gt; b"),
            ("<a href=\"x\">'&amp;'", "&lt;a href=&quot;x&quot;&gt;&apos;&amp;amp;&apos;"),
            ("a\tb\r\nc", "a&#9;b&#13;&#10;c"),
            ("\0\x1b[31m\x0b\x7f", "␀␛[31m␋␡"),
            ("\u{9b}\u{fffe}\u{ffff}", "&lt;U+009B&gt;&lt;U+FFFE&gt;&lt;U+FFFF&gt;"),
            ("中文 👍\u{202e}\u{fffd}", "中文 👍\u{202e}\u{fffd}"),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }
}
