//! Blocks of attributes behind a heading, and the ids in them: `Words {#id .class}`. Each engine has its own idea of them.

use super::Engine;

/// Most braces that may open the block of one heading: more would be looked at in vain, and often.
const MOST_BRACES: usize = 16;

/// Cuts the block of attributes off a heading's source, as far as the engine reads one. Gives the rest, and the id if there
/// is one in the block; an empty id (`{#}`) counts as one. Docusaurus looks for `{#id}` in the words, not in the source; that
/// is left to [`Ids`](super::Ids).
pub fn split_attributes(engine: Engine, raw: &str) -> (&str, Option<&str>) {
    let raw = raw.trim_end();
    let found = match engine {
        _ if !raw.ends_with(['}', '#']) => None,
        Engine::KramdownGfm | Engine::Kramdown => kramdown(raw),
        Engine::HugoGitHub | Engine::HugoAscii | Engine::HugoBlackfriday => hugo(raw),
        Engine::ZolaOn | Engine::ZolaSafe => zola(raw),
        Engine::VitePress | Engine::Written | Engine::Unknown => markdown_it(without_closing(raw)),
        Engine::PythonMarkdown | Engine::PythonMarkdownUnicode => python_markdown(without_closing(raw)),
        Engine::GitHub | Engine::Docusaurus | Engine::Astro => None,
        Engine::Hexo | Engine::HexoLower | Engine::HexoUpper => None,
    };
    found.map_or((raw, None), |(end, id)| (raw[..end].trim_end(), id))
}

/// The source without the `#`s that close the heading, for those who cut them off first. No id ends with one.
fn without_closing(raw: &str) -> &str {
    raw.trim_end_matches('#').trim_end()
}

/// What is between underscores is emphasis first, and no attribute afterwards, where attributes are looked for in what
/// Markdown has left.
fn is_emphasis(id: &str) -> bool {
    id.len() > 2 && id.starts_with('_') && id.ends_with('_')
}

/// The id in a line that gives attributes to the block before it, as kramdown reads it: `{: .class #id}`.
pub fn attribute_line(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix("{:")?.strip_suffix('}')?;
    // `{::` opens an extension, `{:/}` closes one.
    if inside.starts_with([':', '/']) || inside.contains('}') {
        return None;
    }
    let ids = inside.split_whitespace().filter(|word| !word.contains(['=', '"', '\'']));
    let ids = ids.flat_map(|word| word.match_indices('#').map(move |(at, _)| &word[at + 1..]));
    let ids = ids.map(|id| &id[..id.find(|c: char| !(c.is_ascii_alphanumeric() || "_:-".contains(c))).unwrap_or(id.len())]);
    ids.filter(|id| id.starts_with(|c: char| c.is_ascii_alphabetic())).last()
}

/// Where the block begins, and its id.
type Block<'r> = (usize, Option<&'r str>);

/// `{#id}` alone, behind a blank, at the very end (`HEADER_ID`).
fn kramdown(raw: &str) -> Option<Block<'_>> {
    let start = raw.rfind("{#")?;
    let id = raw[start..].strip_prefix("{#")?.strip_suffix('}')?;
    let is_name = id.starts_with(is_name_start) && id.chars().all(is_name_char);
    let is_apart = raw[..start].ends_with([' ', '\t']);
    if is_name && is_apart { Some((start, Some(id))) } else { None }
}

/// `NameStartChar` of XML 1.0.
fn is_name_start(c: char) -> bool {
    matches!(c, ':' | 'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// `NameChar` of XML 1.0.
fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// goldmark: the first brace from which attributes reach to the end of the line (`ParseAttributes`).
fn hugo(raw: &str) -> Option<Block<'_>> {
    let line = raw.rfind('\n').map_or(0, |at| at + 1);
    let braces: Vec<usize> = raw[line..].rmatch_indices('{').map(|(at, _)| line + at).take(MOST_BRACES).collect();
    let unescaped = braces.into_iter().rev().filter(|at| !raw[..*at].ends_with('\\'));
    unescaped.into_iter().find_map(|at| Some((at, goldmark_attributes(&raw[at + 1..])?)))
}

/// The id in `#id .class key="value"}` with nothing behind it, or that this is something else.
fn goldmark_attributes(text: &str) -> Option<Option<&str>> {
    let mut id = None;
    let mut rest = text.trim_start();
    loop {
        if let Some(behind) = rest.strip_prefix('}') {
            return behind.trim().is_empty().then_some(id);
        }
        let length = match rest.chars().next()? {
            '#' | '.' => 1 + name_length(&rest[1..]),
            _ => goldmark_pair(rest)?,
        };
        if rest.starts_with('#') {
            id = Some(&rest[1..length]);
        }
        rest = rest[length..].trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
}

/// Of a text, how much goldmark takes for an id or a class.
fn name_length(text: &str) -> usize {
    let ends = |c: char| c.is_ascii_whitespace() || c.is_ascii_punctuation() && !"_-:.".contains(c);
    text.find(ends).unwrap_or(text.len())
}

/// The length of `key=value` at the start of a text.
fn goldmark_pair(text: &str) -> Option<usize> {
    let is_key = |c: char| c.is_ascii_alphanumeric() || "_:.-".contains(c);
    let key = text.find(|c| !is_key(c))?;
    if key == 0 || text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value = text[key..].strip_prefix('=')?;
    let length = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].find(quote)? + 2,
        _ => value.find(|c: char| c.is_ascii_whitespace() || "}\"'`<>={,".contains(c))?,
    };
    if length == 0 { None } else { Some(key + 1 + length) }
}

/// pulldown-cmark: what stands in the last braces, blanks between attributes; of several ids the last.
fn zola(raw: &str) -> Option<Block<'_>> {
    let inside = raw.strip_suffix('}')?;
    let start = inside.rfind(['{', '}', '<', '>', '\\', '\n', '\r'])?;
    let block = inside[start..].strip_prefix('{')?;
    Some((start, block.split_ascii_whitespace().filter(|word| word.len() > 1).filter_map(|word| word.strip_prefix('#')).last()))
}

/// markdown-it-attrs: the last braces with something in them.
fn markdown_it(raw: &str) -> Option<Block<'_>> {
    let inside = raw.strip_suffix('}')?;
    let start = inside.rfind('{')?;
    // `{.a}` is the shortest.
    if inside.len() - start < 3 {
        return None;
    }
    let id = inside[start + 1..].split_whitespace().find_map(|word| word.strip_prefix('#'));
    if id.is_some_and(is_emphasis) { None } else { Some((start, id)) }
}

/// attr_list: from the first brace behind a space to the end, if attributes are all there is in between.
fn python_markdown(raw: &str) -> Option<Block<'_>> {
    let start = raw.find(" {")?;
    let inside = raw[start + 2..].strip_suffix('}')?;
    let inside = inside.strip_prefix(':').unwrap_or(inside).trim();
    if inside.is_empty() || inside.contains(['{', '}']) {
        return None;
    }
    let id = inside.split(' ').filter_map(|word| word.strip_prefix('#')).last();
    if id.is_some_and(is_emphasis) { None } else { Some((start, id)) }
}
