//! The frame around excerpts: margins with line numbers, underlines, labels. ariadne draws each row; what it draws is
//! then taken out of its margin and put into ours, because ariadne counts lines and columns on the clipped text, does
//! not fit labels to the terminal, and colours each character on its own.

use ariadne::{CharSet, Color, Config, IndexType, Label, LabelAttach, ReportKind, Source};

use super::Options;
use super::excerpt::{Lens, Mark, Role, Row};
use super::sanitise::columns;
use super::wrap::wrap;
use crate::diagnostic::Level;

/// Stands for a label that this file writes by itself. No text from a post can hold it: it is sanitised.
const OURS: char = '\u{e000}';
/// A label beside its line is worth wrapping if there are so many columns for it.
const NARROWEST_LABEL: usize = 24;
/// Colours, as parameters of the SGR sequence.
const GREY: &str = "38;5;246";
const BOLD: &str = "1";
/// What ariadne gives to text that is not marked. It cannot be read on white, so it is taken out.
const PALE: &str = "38;5;249";

/// What frames are drawn with.
struct Glyphs {
    bar: char,
    gap: char,
    line: char,
    underbar: char,
    underline: char,
    open: &'static str,
    next: &'static str,
    close: char,
    branch: &'static str,
    back: &'static str,
}

const UNICODE: Glyphs = Glyphs {
    bar: '│',
    gap: '┆',
    line: '─',
    underbar: '┬',
    underline: '─',
    open: "╭─[",
    next: "├─[",
    close: '╯',
    branch: "╰── ",
    back: " ─╯",
};

const ASCII: Glyphs = Glyphs {
    bar: '|',
    gap: ':',
    line: '-',
    underbar: '|',
    underline: '^',
    open: ",-[",
    next: "|-[",
    close: '\'',
    branch: "`-- ",
    back: " -'",
};

/// A character as ariadne drew it, with the parameters of its SGR sequence.
type Cell<'a> = (char, &'a str);

/// A frame on its way to the terminal.
pub(super) struct Frame {
    options: Options,
    level: Level,
    /// Digits of the largest line number.
    digits: usize,
    glyphs: &'static Glyphs,
    /// Whether the frame has been opened.
    open: bool,
    out: String,
}

impl Frame {
    /// A frame whose largest line number is `last_line`.
    pub(super) fn new(level: Level, last_line: usize, options: Options) -> Self {
        let glyphs = if options.ascii { &ASCII } else { &UNICODE };
        Self { options, level, digits: last_line.to_string().len(), glyphs, open: false, out: String::new() }
    }

    /// What excerpts in this frame are clipped to.
    pub(super) fn lens(&self) -> Lens {
        Lens { columns: self.columns(), ascii: self.options.ascii }
    }

    /// Columns between the margin and the edge of the terminal.
    fn columns(&self) -> usize {
        self.options.columns() - self.digits - 4
    }

    /// The line above everything: a coloured word, and what is wrong in bold.
    pub(super) fn head(&mut self, word: &str, message: &str) {
        let width = self.options.columns();
        let lines = wrap(message, width.saturating_sub(columns(word) + 2), width - 4);
        self.paint(hue(self.level), &format!("{word}:"));
        for (at, line) in lines.iter().enumerate() {
            let indent = if at > 0 { "\n    " } else { "" };
            self.out.push_str(if at == 0 && !line.is_empty() { " " } else { indent });
            self.paint(BOLD, line);
        }
        self.out.push('\n');
    }

    /// The rows of one file under its name. The name is not broken: editors and terminals follow it.
    pub(super) fn pane(&mut self, location: &str, rows: &[Row]) {
        self.out.push_str(&" ".repeat(self.digits + 2));
        self.paint(GREY, if self.open { self.glyphs.next } else { self.glyphs.open });
        self.out.push(' ');
        self.out.push_str(location);
        self.out.push(' ');
        self.paint(GREY, "]");
        self.out.push('\n');
        self.open = true;
        for (at, row) in rows.iter().enumerate() {
            if at > 0 && row.line > rows[at - 1].line + 1 {
                self.margin(None, self.glyphs.gap);
                self.end_line();
            }
            self.row(row);
        }
    }

    /// Prose below the excerpts, after a word such as `help`.
    pub(super) fn say(&mut self, word: &str, text: &str) {
        let indent = columns(word) + 2;
        let room = self.columns().saturating_sub(indent);
        for (at, line) in wrap(text, room, room).iter().enumerate() {
            self.margin(None, self.glyphs.bar);
            if at == 0 {
                self.paint("36", &format!("{word}:"));
            } else {
                self.out.push_str(&" ".repeat(indent - 1));
            }
            self.out.push(' ');
            self.out.push_str(line);
            self.end_line();
        }
    }

    /// The whole frame, closed.
    pub(super) fn close(mut self) -> String {
        if self.open {
            let line = self.glyphs.line.to_string().repeat(self.digits + 2);
            self.paint(GREY, &format!("{line}{}", self.glyphs.close));
            self.out.push('\n');
        }
        self.out
    }

    fn row(&mut self, row: &Row) {
        let labels: Vec<&Mark> = row.marks.iter().filter(|mark| !mark.label.is_empty()).collect();
        let fits = !labels.is_empty() && labels.iter().all(|mark| self.fits(row, &mark.label));
        let drawn = self.draw(row, fits);
        // Three lines are for the title, the name of the file, and air.
        let mut lines = drawn.lines().skip(3).map(cells).map_while(inside);
        let text = lines.next().unwrap_or_default();
        self.margin(Some(row.line), self.glyphs.bar);
        self.cells(&text);
        if fits {
            for line in lines {
                self.margin(None, self.glyphs.bar);
                self.cells(&line);
            }
            return;
        }
        let (underline, label) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let lead = label.iter().take_while(|(c, _)| *c == ' ').count();
        let text = labels.iter().map(|mark| &*mark.label).collect::<Vec<_>>().join("; ");
        self.own_label(underline, lead, &text);
    }

    /// Whether ariadne's place for a label, to the right of all marks, has room for it.
    fn fits(&self, row: &Row, label: &str) -> bool {
        let last = row.marks.iter().map(|mark| mark.chars.end).max().unwrap_or(0);
        // ariadne's branch ends two characters after the last mark, however wide they are.
        let marked: String = row.text.chars().take(last + 2).collect();
        columns(&marked) + 2 + 1 + columns(label) <= self.columns()
    }

    /// What ariadne makes of a row: all labels with their own texts, or one for us to write.
    fn draw(&self, row: &Row, labelled: bool) -> String {
        let config = Config::new()
            .with_color(self.options.color)
            .with_char_set(if self.options.ascii { CharSet::Ascii } else { CharSet::Unicode })
            .with_index_type(IndexType::Char)
            .with_label_attach(if labelled { LabelAttach::Middle } else { LabelAttach::Start });
        let owner = row.marks.iter().position(|mark| !mark.label.is_empty()).unwrap_or(0);
        let labels = row.marks.iter().enumerate().map(|(at, mark)| {
            let label = Label::new(mark.chars.clone()).with_color(self.color(mark.role));
            // Underlines are drawn with the first label that says something, so those that say nothing come after it.
            match () {
                () if labelled && !mark.label.is_empty() => label.with_message(&mark.label),
                () if !labelled && at == owner => label.with_message(OURS),
                () => label.with_order(1),
            }
        });
        let mut drawn = Vec::with_capacity(1024);
        ariadne::Report::build(ReportKind::Custom("", Color::Primary), 0..0)
            .with_config(config)
            .with_labels(labels)
            .finish()
            .write(Source::from(format!("{}\n", row.text)), &mut drawn)
            .expect("a vector takes all that is written");
        String::from_utf8(drawn).expect("text and frames are UTF-8")
    }

    /// Writes the underline and a label that ariadne has no room for: right of the branch, left of it, or below
    /// everything.
    fn own_label(&mut self, mut underline: Vec<Cell<'_>>, lead: usize, label: &str) {
        let (need, glyphs) = (columns(label), self.glyphs);
        let right = self.columns().saturating_sub(lead + 4);
        let beside = right >= need.min(NARROWEST_LABEL) || lead >= need + 2;
        if need == 0 || !beside {
            for (c, _) in underline.iter_mut().filter(|(c, _)| *c == glyphs.underbar) {
                *c = glyphs.underline;
            }
        }
        self.margin(None, glyphs.bar);
        self.cells(&underline);
        if need == 0 {
            return;
        }
        let hue = hue(self.level);
        if lead >= need + 2 && right < need.min(NARROWEST_LABEL) {
            self.margin(None, glyphs.bar);
            self.out.push_str(&" ".repeat(lead - need - 2));
            self.out.push_str(label);
            self.paint(hue, glyphs.back);
            return self.end_line();
        }
        let (indent, room) = if beside { (lead + 4, right) } else { (0, self.columns()) };
        for (at, line) in wrap(label, room, room).iter().enumerate() {
            self.margin(None, glyphs.bar);
            let branch = beside && at == 0;
            self.out.push_str(&" ".repeat(if branch { lead } else { indent }));
            if branch {
                self.paint(hue, glyphs.branch);
            }
            self.out.push_str(line);
            self.end_line();
        }
    }

    fn color(&self, role: Role) -> Color {
        match (role, self.level) {
            (Role::Related, _) => Color::Cyan,
            (_, Level::Error) => Color::Red,
            (_, Level::Warn) => Color::Yellow,
            (_, Level::Info) => Color::Blue,
        }
    }

    fn margin(&mut self, line: Option<usize>, bar: char) {
        let number = line.map(|line| line.to_string()).unwrap_or_default();
        let margin = format!(" {number:>digits$} {bar}", digits = self.digits);
        self.paint(GREY, &margin);
        self.out.push(' ');
    }

    /// Writes a line of cells, a sequence only where the colour changes.
    fn cells(&mut self, cells: &[Cell<'_>]) {
        let end = cells.iter().rposition(|(c, _)| *c != ' ').map_or(0, |at| at + 1);
        let mut now = "";
        for (c, style) in &cells[..end] {
            if *style != now {
                let reset = if now.is_empty() || style.is_empty() { "" } else { "0;" };
                let style = if style.is_empty() { "0" } else { style };
                self.out.push_str(&format!("\x1b[{reset}{style}m"));
            }
            now = style;
            self.out.push(*c);
        }
        if !now.is_empty() {
            self.out.push_str("\x1b[0m");
        }
        self.end_line();
    }

    fn end_line(&mut self) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    fn paint(&mut self, style: &str, text: &str) {
        self.out.push_str(&painted(style, text, self.options));
    }
}

/// Text in a colour, if there are colours.
fn painted(style: &str, text: &str, options: Options) -> String {
    if options.color && !text.is_empty() { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
}

/// The word for a level in its colour.
pub(super) fn level_word(level: Level, word: &str, options: Options) -> String {
    painted(hue(level), word, options)
}

fn hue(level: Level) -> &'static str {
    match level {
        Level::Error => "31",
        Level::Warn => "33",
        Level::Info => "34",
    }
}

/// The characters of a line that ariadne wrote, each with its colour.
fn cells(line: &str) -> Vec<Cell<'_>> {
    let mut cells = Vec::with_capacity(line.len());
    let mut parts = line.split('\x1b');
    cells.extend(parts.next().unwrap_or("").chars().map(|c| (c, "")));
    for part in parts {
        // Everything after ESC is ariadne's own `[…m`: text with an ESC in it does not come here.
        let (sequence, text) = part.split_once('m').unwrap_or((part, ""));
        let style = match sequence.trim_start_matches('[') {
            "0" | PALE => "",
            parameters => parameters,
        };
        cells.extend(text.chars().map(|c| (c, style)));
    }
    cells
}

/// What stands right of the margin; `None` for the line that closes the frame, which has no margin.
fn inside(mut cells: Vec<Cell<'_>>) -> Option<Vec<Cell<'_>>> {
    if cells.first().is_none_or(|(c, _)| *c != ' ') {
        return None;
    }
    let margin = cells.iter().take_while(|(c, _)| *c == ' ' || c.is_ascii_digit()).count();
    Some(cells.split_off((margin + 2).min(cells.len())))
}
