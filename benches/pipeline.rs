//! Parse, match and emit apart, on posts made up here: `cargo bench`. benches/README.md tells how whole runs are timed.

use std::path::PathBuf;
use std::sync::Arc;

use copydesk::desk::{Desk, Report};
use copydesk::emit::{Format, Options, emit};
use copydesk::lint::{Loader, Preset};
use copydesk::matcher::Demands;
use copydesk::plan::{Choices, Plan};
use copydesk::post::Post;
use copydesk::site::jekyll::JEKYLL;
use copydesk::site::{Role, Site};
use copydesk::source::Source;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Kinds of posts: long Markdown in English, long Markdown in Chinese, an article in one line of HTML.
const KINDS: [&str; 3] = ["english", "chinese", "html"];

fn source(kind: &str) -> Source {
    let front = "---\ntitle: \"A day at the harbour\"\ndate: 2024-05-06 08:00:00 +0800\ntags: [harbour, notes]\n---\n";
    let english = "The *tide* was out when we started, and [the boats](https://harbour.example/boats) lay on their sides \
        in the mud like animals asleep. A man was scraping mussels off `hull 3` and told us what he thought of it.\n\n\
        ## What the harbour master said\n\n- the slipway is closed\n- the winch is late\n\n";
    let chinese = "港口扩建工程今日上午正式开工，预计两年后完成。新码头建成以后，大型渔船可以[直接靠岸](https://harbour.example/)\
        卸货，不必再等潮水。工程负责人说，施工期间东侧道路将部分封闭。\n\n## 夜间不施工\n\n- 周末只做测量\n\n";
    let html = "<p style=\"text-align:center\"><img src=\"https://harbour.example/a.jpg\" alt=\"港口\"></p>\
        <p>港口扩建工程今日上午正式开工，预计两年后完成。</p><!-- more --><p><a href=\"/list/\">列表</a></p>";
    let body = match kind {
        "english" => english.repeat(60),
        "chinese" => chinese.repeat(60),
        _ => html.repeat(40),
    };
    Source::from_text("_posts/2024-05-06-harbour.md", &format!("{front}{body}\n"))
}

/// The default run over a Jekyll site.
fn plan() -> Arc<Plan> {
    let mut loader = Loader::default();
    loader.builtin();
    let lints = loader.finish().expect("the built-in lints load");
    let lints: Vec<_> = lints.into_iter().map(Arc::new).collect();
    let choices = Choices {
        site: Site::of(&JEKYLL),
        preset: Preset::Recommended,
        only: vec![],
        levels: vec![],
        by_path: vec![],
        routes: vec![],
        demands: Demands::default(),
        is_partial: false,
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    Arc::new(Plan::new(choices, &lints, None).expect("the built-in lints build"))
}

#[divan::bench]
fn load_lints_and_build_plan(bencher: Bencher<'_, '_>) {
    bencher.bench(plan);
}

#[divan::bench(args = KINDS)]
fn parse(bencher: Bencher<'_, '_>, kind: &str) {
    let source = source(kind);
    let site = Site::of(&JEKYLL);
    let bytes = BytesCount::new(source.text.len());
    bencher.counter(bytes).bench(|| Post::parse(black_box(source.clone()), &site, Role::Post));
}

#[divan::bench(args = KINDS)]
fn match_all(bencher: Bencher<'_, '_>, kind: &str) {
    let plan = plan();
    let post = Post::parse(source(kind), &plan.site, Role::Post);
    let bytes = BytesCount::new(post.source.text.len());
    bencher
        .counter(bytes)
        .bench_local(|| (plan.first.in_post(black_box(&post)), plan.second.in_post(black_box(&post))));
}

#[divan::bench(args = [Format::Pretty, Format::Short, Format::Json])]
fn emit_a_thousand(bencher: Bencher<'_, '_>, format: Format) {
    let mut desk = Desk::new(plan(), PathBuf::new());
    let damaged = source("chinese").text.replace("潮水", "潮\u{FFFD}");
    desk.update(Source::from_text("_posts/2024-05-06-harbour.md", &damaged), Role::Post);
    let report = desk.report(&|_| true);
    let first = report.diagnostics.first().expect("a lost character is found").clone();
    let report = Report { diagnostics: vec![first; 1_000], ..report };
    bencher.bench(|| {
        let mut out = vec![];
        emit(format, black_box(&report), &desk, Options::PLAIN, &mut out).expect("writing to memory");
        out
    });
}

/// Words and sketches of visible text.
mod fingerprint {
    use copydesk::fingerprint::{Sketch, Words};
    use divan::counter::BytesCount;
    use divan::{Bencher, black_box};

    /// Running text, in English and in Chinese.
    const LANGUAGES: [&str; 2] = ["english", "chinese"];

    fn text(language: &str) -> String {
        let sentences: Vec<String> = (0..400).map(|number| sentence(language, number)).collect();
        sentences.join(if language == "english" { " " } else { "" })
    }

    /// A sentence that is not the one before it: texts of one sentence would flatter the processor.
    fn sentence(language: &str, number: u32) -> String {
        let pick = |words: &[&str], by: u32| words[(number.wrapping_mul(by) >> 3) as usize % words.len()].to_owned();
        if language == "english" {
            let who =
                pick(&["The harbour master", "A man in oilskins", "Nobody on the pier", "My neighbour's son"], 7919);
            let what =
                pick(&["scraped mussels off", "painted the name on", "asked about", "waited all day for"], 104_729);
            let which =
                pick(&["hull", "the ferry from Orkney", "a boat called \u{201C}Petrel\u{201D}", "the winch"], 31);
            format!("{who} {what} {which}, and on day {number} the tide was {}.{} metres.", number % 5, number % 7)
        } else {
            let who = pick(&["港口工程负责人", "码头上的老渔民", "市交通局", "附近的居民"], 7919);
            let what = pick(&["今日上午宣布", "对本报记者说", "在会议上介绍", "早些时候抱怨"], 104_729);
            let which = pick(&["东侧道路将部分封闭", "大型渔船可以直接靠岸卸货", "施工噪声太大", "新航线即将开通"], 31);
            format!("{who}{what}，{which}，预计{number}天后完成（第{}期）。", number % 9)
        }
    }

    #[divan::bench(args = LANGUAGES)]
    fn words(bencher: Bencher<'_, '_>, language: &str) {
        let text = text(language);
        bencher.counter(BytesCount::new(text.len())).bench(|| Words::of_plain(black_box(&text)));
    }

    #[divan::bench(args = LANGUAGES)]
    fn sketch(bencher: Bencher<'_, '_>, language: &str) {
        let text = text(language);
        let words = Words::of_plain(&text);
        bencher.counter(BytesCount::new(text.len())).bench(|| Sketch::of(black_box(&words), &|_| true));
    }
}
