//! Prints the ids of the headings of a page as Zola makes them, one a line: `zola on|safe PAGE`. Zola is on no registry; these
//! are the two crates that its ids come from (pulldown-cmark and slug), joined as `components/markdown/src/markdown.rs` does.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let page = std::fs::read_to_string(&arguments[2]).expect("a page");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut headings: Vec<(Option<String>, String)> = vec![];
    let mut is_inside = false;
    for event in Parser::new_ext(&page, options) {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                headings.push((id.map(|id| id.to_string()), String::new()));
                is_inside = true;
            }
            Event::End(TagEnd::Heading(_)) => is_inside = false,
            Event::Text(text) | Event::Code(text) if is_inside => headings.last_mut().expect("one is open").1 += &text,
            _ => {}
        }
    }
    let mut taken: Vec<String> = headings.iter().filter_map(|(id, _)| id.clone()).collect();
    for (id, title) in headings {
        let id = id.unwrap_or_else(|| {
            let name = match &*arguments[1] {
                "on" => slug::slugify(&title),
                _ => title.replace(|c: char| c.is_ascii_whitespace(), "_"),
            };
            let numbered = (1..).map(|number| format!("{name}-{number}"));
            std::iter::once(name.clone()).chain(numbered).find(|id| !taken.contains(id)).expect("numbers do not end")
        });
        println!("{id}");
        taken.push(id);
    }
}
