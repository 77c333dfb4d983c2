//! Tables: a caption, names of columns, rows; as wide as they need to be, scrolled by keyboard too.

use super::markup::Markup;

/// A column: its name, and whether it holds numbers.
pub(super) type Column = (&'static str, bool);

/// A table, whose rows `fill` writes. `id` names it on the page.
pub(super) fn table(page: &mut Markup, id: &str, caption: &str, columns: &[Column], fill: impl FnOnce(&mut Markup)) {
    let caption_id = format!("{id}-caption");
    let scroll = [("class", "scroll"), ("aria-labelledby", &*caption_id), ("tabindex", "0")];
    page.element("section", &scroll, |page| {
        page.element("table", &[], |page| {
            page.leaf("caption", &[("id", &caption_id)], caption).ln();
            page.element("thead", &[], |page| {
                page.element("tr", &[], |page| {
                    for (name, is_number) in columns {
                        let class = if *is_number { "number" } else { "" };
                        page.leaf("th", &[("scope", "col"), ("class", class)], name);
                    }
                });
            });
            page.ln().element("tbody", &[], fill).ln();
        });
    });
    page.ln();
}

/// A row, whose first cell names it.
pub(super) fn row(page: &mut Markup, name: impl FnOnce(&mut Markup), cells: impl FnOnce(&mut Markup)) {
    page.element("tr", &[], |page| {
        page.element("th", &[("scope", "row")], name);
        cells(page);
    });
    page.ln();
}
