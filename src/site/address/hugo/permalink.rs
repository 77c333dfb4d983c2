//! Templates of addresses with placeholders: `/:categories/:year/:month/:title/`.

use jiff::civil;

use super::super::path::squeezed;

/// A template with all placeholders filled; `None` where one of them is not known. `fill` gets the name without its colon.
/// Slashes that meet become one.
pub(super) fn expand(template: &str, fill: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut out = String::from("/");
    let mut rest = template;
    while let Some(colon) = rest.find(':') {
        out.push_str(&rest[..colon]);
        let name = &rest[colon + 1..];
        let end = name.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(name.len());
        if end == 0 {
            out.push(':');
        } else {
            out.push_str(&fill(&name[..end])?);
        }
        rest = &name[end..];
    }
    out.push_str(rest);
    Some(squeezed(&out))
}

/// Whether a template names a placeholder for a part of a date.
pub(super) fn wants_day(template: &str) -> bool {
    ["year", "month", "day", "hour", "minute", "second", "week", "date", "timestamp"].iter().any(|part| {
        template.match_indices(part).any(|(at, _)| {
            let before = template[..at].trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '_');
            before.ends_with(':')
        })
    })
}

/// What a placeholder for a part of a date stands for, in the names that Jekyll, Hexo and Hugo have in common.
pub(super) fn part_of_day(name: &str, day: civil::Date) -> Option<String> {
    let weekday = day.weekday();
    Some(match name {
        "year" => format!("{:04}", day.year()),
        "short_year" => format!("{:02}", day.year() % 100),
        "month" => format!("{:02}", day.month()),
        "i_month" => day.month().to_string(),
        "day" => format!("{:02}", day.day()),
        "i_day" => day.day().to_string(),
        "y_day" => format!("{:03}", day.day_of_year()),
        "short_month" => day.strftime("%b").to_string(),
        "long_month" | "monthname" => day.strftime("%B").to_string(),
        "short_day" => day.strftime("%a").to_string(),
        "long_day" | "weekdayname" => day.strftime("%A").to_string(),
        "week" => format!("{:02}", day.iso_week_date().week()),
        "w_year" => format!("{:04}", day.iso_week_date().year()),
        "w_day" => weekday.to_monday_one_offset().to_string(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_slashes_squeezed() {
        let fill = |name: &str| match name {
            "categories" => Some(String::new()),
            "year" => Some("2024".to_owned()),
            "title" => Some("a".to_owned()),
            _ => None,
        };
        for (template, expected) in [
            ("/:categories/:year/:title/", Some("/2024/a/")),
            (":year:title", Some("/2024a")),
            ("/x/:title.html", Some("/x/a.html")),
            ("/a:b/", None),
            ("/1:/", Some("/1:/")),
            ("plain", Some("/plain")),
        ] {
            assert_eq!(expand(template, &fill).as_deref(), expected, "{template}");
        }
    }

    #[test]
    fn templates_that_want_a_day() {
        for (template, wants) in [
            ("/:year/:title/", true),
            ("/:title/", false),
            ("/year/:title/", false),
            ("/:i_day/", true),
            ("/:slug/", false),
        ] {
            assert_eq!(wants_day(template), wants, "{template}");
        }
    }

    #[test]
    fn parts_of_a_day() {
        let day = civil::date(2024, 3, 5);
        for (name, expected) in [
            ("year", "2024"),
            ("month", "03"),
            ("i_day", "5"),
            ("y_day", "065"),
            ("short_month", "Mar"),
            ("long_day", "Tuesday"),
            ("week", "10"),
            ("w_day", "2"),
        ] {
            assert_eq!(part_of_day(name, day).as_deref(), Some(expected), "{name}");
        }
    }
}
