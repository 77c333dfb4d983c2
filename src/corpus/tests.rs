//! What makes posts copies of each other, on texts drawn from a fixed seed.

use std::collections::BTreeMap;

use super::*;
use crate::post::Post;
use crate::site::plain::PLAIN;
use crate::site::{Role, Site as Generator};

/// A site in memory.
#[derive(Default)]
struct Site {
    sources: BTreeMap<String, Source>,
}

impl Texts for Site {
    fn source(&self, path: &str) -> Option<Source> {
        self.sources.get(path).cloned()
    }
}

impl Site {
    fn of(posts: &[(&str, &str)]) -> Self {
        let mut site = Self::default();
        for (path, text) in posts {
            site.sources.insert((*path).to_owned(), Source::from_text(path, text));
        }
        site
    }

    fn corpus(&self) -> Corpus<'_> {
        let generator = Generator::of(&PLAIN);
        let facts = |source: &Source| {
            let post = Post::parse(source.clone(), &generator, Role::Post);
            Arc::new(Facts::of(&post, &generator, true))
        };
        Corpus::new(self.sources.values().map(facts).collect(), self)
    }
}

/// Clusters as paths: kept, then the copies with their classes.
fn clusters(posts: &[(&str, &str)]) -> Vec<(String, Vec<(String, Class)>)> {
    let site = Site::of(posts);
    let corpus = site.corpus();
    let path = |post: usize| corpus.posts[post].path.to_string();
    let found = corpus.clusters(&Thresholds::default(), Keep::default());
    let members = |cluster: &Cluster| cluster.members.iter().map(|one| (path(one.post), one.relation.class)).collect();
    found.iter().map(|cluster| (path(cluster.kept), members(cluster))).collect()
}

/// The class of the only pair among these posts.
fn class(posts: &[(&str, &str)]) -> Option<Class> {
    let site = Site::of(posts);
    let corpus = site.corpus();
    assert!(corpus.pairs().len() < 2, "{:?}", corpus.pairs());
    corpus.pairs().first().map(|pair| pair.relation.class)
}

/// Sentences of made-up words, different for each seed.
fn english(seed: u64, sentences: usize) -> Vec<String> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    };
    let syllables =
        ["ba", "den", "fir", "gol", "hu", "jam", "ke", "lor", "mi", "nup", "or", "pas", "rik", "su", "tev", "wo"];
    let mut word = || (0..2).map(|_| syllables[usize::try_from(next(16)).expect("small")]).collect::<String>();
    (0..sentences).map(|_| (0..10).map(|_| word()).collect::<Vec<_>>().join(" ") + ".").collect()
}

fn chinese(seed: u32, characters: u32) -> String {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4E00 + (state >> 16) % 2_000).expect("a Chinese character")
    };
    (0..characters).map(next).collect()
}

fn paragraphs(sentences: &[String]) -> String {
    sentences.chunks(4).map(|chunk| chunk.join(" ")).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn the_same_text_is_identical_whatever_the_front_matter() {
    let text = paragraphs(&english(1, 12));
    let one = format!("---\ntitle: a\n---\n{text}\n");
    let other = format!("---\ntitle: b\ndate: 2020-01-01\n---\n\n{text}\n\n\n");
    let copies = vec![("a.md".to_owned(), Class::Identical)];
    // The one with a date is older than the one without.
    assert_eq!(clusters(&[("a.md", &one), ("b.md", &other)]), [("b.md".to_owned(), copies)]);
}

#[test]
fn small_changes_make_near_duplicates() {
    let mut sentences = english(2, 20);
    let one = paragraphs(&sentences);
    sentences[3] = english(99, 1).remove(0);
    let other = paragraphs(&sentences);
    let expected = vec![("b.md".to_owned(), Class::Near)];
    assert_eq!(clusters(&[("a.md", &one), ("b.md", &other)]), [("a.md".to_owned(), expected.clone())]);
    let (one, other) = (chinese(1, 300), chinese(1, 290) + &chinese(2, 10));
    assert_eq!(clusters(&[("a.md", &one), ("b.md", &other)]), [("a.md".to_owned(), expected)]);
}

#[test]
fn other_texts_are_nothing_to_each_other() {
    assert_eq!(class(&[("a.md", &paragraphs(&english(3, 20))), ("b.md", &paragraphs(&english(4, 20)))]), None);
    assert_eq!(class(&[("a.md", &chinese(3, 300)), ("b.md", &chinese(4, 300))]), None);
    assert_eq!(class(&[("a.md", ""), ("b.md", "")]), None);
    assert_eq!(class(&[("a.md", "See the file."), ("b.md", "See the file.")]), None);
    assert_eq!(class(&[("a.md", "![](a.png)"), ("b.md", "![](b.png)")]), None);
}

#[test]
fn a_short_text_is_a_copy_only_with_its_title() {
    let post = |title: &str| format!("---\ntitle: {title}\n---\nSee the file.\n");
    assert_eq!(class(&[("a.md", &post("One")), ("b.md", &post("Two"))]), None);
    assert_eq!(class(&[("a.md", &post("One")), ("b.md", &post("One"))]), Some(Class::Identical));
}

#[test]
fn the_shorter_text_is_contained() {
    let long = paragraphs(&english(5, 60));
    let short = paragraphs(&english(5, 60)[20..32]);
    assert_eq!(class(&[("a.md", &long), ("b.md", &short)]), Some(Class::Contained));
    let long = chinese(5, 2_000);
    let short: String = long.chars().skip(700).take(300).collect();
    assert_eq!(class(&[("a.md", &short), ("b.md", &long)]), Some(Class::Contained));
}

#[test]
fn other_numbers_make_a_series() {
    let report = |day: usize| {
        let line = |(n, sentence): (usize, String)| {
            let number = 100 + (day * 7_919 + n * 104_729) % 900;
            sentence.replacen(' ', &format!(" {number} "), 1)
        };
        paragraphs(&english(20, 20).into_iter().enumerate().map(line).collect::<Vec<_>>())
    };
    assert_eq!(class(&[("a.md", &report(1)), ("b.md", &report(2))]), Some(Class::Templated));
    let copy = report(1).replacen("ba", "bo", 3);
    assert_eq!(class(&[("a.md", &report(1)), ("b.md", &copy)]), Some(Class::Near));
}

#[test]
fn other_code_makes_another_lesson() {
    let lesson = |code: &str| format!("{}\n\n```\n{code}\n```\n", paragraphs(&english(6, 12)));
    let one = lesson("let a = 1;\nlet b = 2;\nlet c = 3;\nprint(a)");
    let other = lesson("open the door\nlook around\nclose the door\nleave");
    assert_eq!(class(&[("a.md", &one), ("b.md", &other)]), Some(Class::Templated));
    assert_eq!(class(&[("a.md", &one), ("b.md", &one.replace("c = 3", "c = 4"))]), Some(Class::Near));
}

#[test]
fn what_stands_in_many_posts_is_left_out() {
    let footer = paragraphs(&english(7, 8));
    let posts: Vec<(String, String)> =
        (0..9).map(|n| (format!("{n}.md"), format!("{}\n\n{footer}\n", paragraphs(&english(100 + n, 4))))).collect();
    let posts: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(clusters(&posts), []);
    let site = Site::of(&posts);
    let corpus = site.corpus();
    assert!(corpus.pairs().is_empty(), "{:?}", corpus.pairs());
    let recurring = corpus.recurring(0);
    assert_eq!(recurring.len(), 2, "{recurring:?}");
    assert_eq!((recurring[0].posts, recurring[0].places.len()), (9, 3));
    assert!(footer.starts_with(&recurring[0].text));
    // Seven posts are not enough.
    assert!(Site::of(&posts[..7]).corpus().recurring(0).is_empty());
}

#[test]
fn many_copies_of_one_post_are_no_boilerplate() {
    let text = paragraphs(&english(8, 16));
    let posts: Vec<(String, String)> = (0..20).map(|n| (format!("{n:02}.md"), text.clone())).collect();
    let posts: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::of(&posts);
    assert!(site.corpus().recurring(0).is_empty());
    let found = clusters(&posts);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.as_str(), found[0].1.len()), ("00.md", 19));
}

#[test]
fn a_chain_does_not_make_one_group() {
    // Each text differs from the next by a tenth, so the ends of the chain have little in common.
    let all = english(9, 60);
    let posts: Vec<(String, String)> =
        (0..20).map(|n| (format!("{n:02}.md"), paragraphs(&all[2 * n..2 * n + 20]))).collect();
    let posts: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::of(&posts);
    let corpus = site.corpus();
    let found = corpus.clusters(&Thresholds::default(), Keep::default());
    assert!(found.len() > 3, "{found:?}");
    for cluster in found {
        assert!(cluster.members.iter().all(|member| member.relation.similarity() >= 0.7), "{cluster:?}");
    }
}

#[test]
fn a_shared_passage_has_exact_ends() {
    let shared = english(10, 6).join(" ");
    let one = format!("{}\n\nBefore it comes this. {shared} And then that.\n", paragraphs(&english(11, 20)));
    let other = format!("Something else *first*, {shared}\n\n{}\n", paragraphs(&english(12, 20)));
    let site = Site::of(&[("a.md", &one), ("b.md", &other)]);
    let corpus = site.corpus();
    let found = corpus.passages(PassageRule { words: 50, characters: 120 });
    assert_eq!(found.len(), 1, "{found:?}");
    let passage = &found[0];
    assert_eq!((passage.post, passage.other, passage.words, passage.characters), (1, 0, 60, 0));
    assert_eq!(&other[passage.span.range()], shared.trim_end_matches('.'));
    assert_eq!(&one[passage.other_span.range()], shared.trim_end_matches('.'));
    assert_eq!(corpus.passages(PassageRule { words: 70, characters: 120 }), []);
}

#[test]
fn a_quoted_passage_is_none() {
    let shared = english(13, 8).join(" ");
    let one = format!("{}\n\n{shared}\n", paragraphs(&english(14, 20)));
    let other = format!("> {shared}\n\n{}\n", paragraphs(&english(15, 20)));
    let site = Site::of(&[("a.md", &one), ("b.md", &other)]);
    assert_eq!(site.corpus().passages(PassageRule { words: 50, characters: 120 }), []);
}

#[test]
fn languages_and_versions_are_no_copies() {
    let text = paragraphs(&english(16, 16));
    let pairs = |posts: &[(&str, &str)]| {
        let site = Site::of(posts);
        let corpus = site.corpus();
        assert_eq!(corpus.clusters(&Thresholds::default(), Keep::default()), []);
        corpus.pairs().iter().map(|pair| (pair.relation.class, pair.are_variants)).collect::<Vec<_>>()
    };
    assert_eq!(pairs(&[("en/a.md", &text), ("zh/a.md", &text)]), [(Class::Identical, true)]);
    assert_eq!(pairs(&[("docs/v1/a.md", &text), ("docs/v2/a.md", &text)]), []);
}

#[test]
fn differences_are_marked_on_both_sides() {
    let mut sentences = english(17, 20);
    let one = paragraphs(&sentences);
    sentences[5] = "Here it says something else about the harbour.".to_owned();
    let other = paragraphs(&sentences);
    let site = Site::of(&[("a.md", &one), ("b.md", &other)]);
    let corpus = site.corpus();
    let clusters = corpus.clusters(&Thresholds::default(), Keep::Path);
    let (b, a) = clusters[0].members[0].differs.expect("they differ");
    assert!(other[b.range()].starts_with("Here it says something else"), "{}", &other[b.range()]);
    assert!(one[a.range()].starts_with(&english(17, 20)[5][..20]), "{}", &one[a.range()]);
}

#[test]
fn a_post_that_changed_meanwhile_is_not_compared() {
    let text = paragraphs(&english(18, 16));
    let mut site = Site::of(&[("a.md", &text), ("b.md", &text.replace("ba", "be"))]);
    let facts = site.corpus().posts;
    site.sources.insert("b.md".to_owned(), Source::from_text("b.md", "gone"));
    assert_eq!(Corpus::new(facts, &site).pairs(), []);
}

#[test]
fn the_nearest_posts_come_first() {
    let mut sentences = english(19, 20);
    let asked = paragraphs(&sentences);
    sentences[0] = english(98, 1).remove(0);
    let near = paragraphs(&sentences);
    let part = format!("{}\n\n{}", paragraphs(&sentences[4..14]), paragraphs(&english(97, 30)));
    let other = paragraphs(&english(96, 20));
    let site = Site::of(&[("asked.md", &asked), ("near.md", &near), ("other.md", &other), ("part.md", &part)]);
    let corpus = site.corpus();
    let found = corpus.similar(0, 10, PassageRule { words: 50, characters: 120 });
    let paths: Vec<&str> = found.iter().map(|one| &*corpus.posts[one.post].path).collect();
    assert_eq!(paths, ["near.md", "part.md"]);
    assert_eq!(found[1].relation, None);
    assert!(!found[1].passages.is_empty());
}

#[test]
fn under_another_title_more_must_be_the_same() {
    let mut sentences = english(21, 16);
    let one = paragraphs(&sentences);
    sentences[3] = english(95, 1).remove(0);
    let other = paragraphs(&sentences);
    let post = |title: &str, text: &str| format!("---\ntitle: {title}\n---\n{text}\n");
    let called = |title: &str| class(&[("a.md", &post("Pumps of brass", &one)), ("b.md", &post(title, &other))]);
    // 15 of 17 sentences: 88 %, which is less than the 90 that another title asks for.
    assert_eq!(called("Pumps of brass"), Some(Class::Near));
    assert_eq!(called("Why the cat sleeps"), Some(Class::Similar));
}

#[test]
fn a_form_that_many_posts_fill_makes_no_copies() {
    // One sentence of their own in front of what stands in all of them, in one block: no block recurs.
    let form = english(22, 24).join(" ");
    let titles = ["Pumps", "Cats", "Bread", "Ferries", "Snow", "Lamps", "Wells", "Geese", "Rope", "Tin"];
    let post = |(n, title): (u64, &&str)| {
        format!("---\ntitle: {title}\n---\n{} {form}\n", english(400 + n, 1)[0])
    };
    let posts: Vec<(String, String)> =
        (0..).zip(&titles).map(|(n, title)| (format!("{n}.md"), post((n, title)))).collect();
    let posts: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(clusters(&posts), []);
    // A few of them are no crowd: one author re-posted one text.
    assert_eq!(clusters(&posts[..4])[0].1.len(), 3);
}

#[test]
fn a_line_recurs_under_any_day() {
    let post = |n: u64| {
        format!("Posted on 2024-05-{:02} by the harbour office.\n\n{}\n", n + 10, paragraphs(&english(300 + n, 4)))
    };
    let posts: Vec<(String, String)> = (0..9).map(|n| (format!("{n}.md"), post(n))).collect();
    let posts: Vec<(&str, &str)> = posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = Site::of(&posts);
    let recurring = site.corpus().recurring(0);
    assert_eq!(recurring.iter().map(|block| block.posts).collect::<Vec<_>>(), [9]);
    assert!(recurring[0].text.starts_with("Posted on"));
}
