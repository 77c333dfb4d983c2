//! The words of a post, in the form in which texts are compared.

use super::{BlockKind, Post, Prose};
use crate::fingerprint::{BlockText, Sketch, Words, code_lines};
use crate::source::Source;

impl Prose {
    /// The words of all blocks that readers see, whatever lints think of them; code is left out.
    pub fn words(&self) -> Words {
        let text = (0..).zip(&self.blocks).filter(|(_, block)| !block.hidden && block.kind != BlockKind::Code);
        let text = text.map(|(index, block)| BlockText {
            index,
            text: self.str(block),
            start: block.range().start,
            in_quote: block.in_quote,
        });
        Words::of(text, self.text.len())
    }

    /// The hashes of the lines of code that readers see. `source` is what the prose was read from.
    pub fn code(&self, source: &Source) -> Vec<u64> {
        let code = self.blocks.iter().filter(|block| !block.hidden && block.kind == BlockKind::Code);
        code_lines(code.map(|block| source.slice(block.span)))
    }
}

impl Post {
    /// The words of the post, made when they are first asked for.
    pub fn words(&self) -> &Words {
        self.words.get_or_init(|| self.prose.words())
    }

    /// The sketch of all its words, made when it is first asked for.
    pub fn sketch(&self) -> &Sketch {
        self.sketch.get_or_init(|| Sketch::of(self.words(), &|_| true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint::{mix, of_text};
    use crate::site::plain::PLAIN;
    use crate::site::{Role, Site};

    #[test]
    fn a_post_gives_what_readers_see() {
        let text = "---\ntitle: Harbour\n---\n# The *tide*\n\n> It is out.\n\n<p style=\"display:none\">Spam</p>\n\n\
            ```sh\n  ls -l\n\nls -l\ncd\n```\n\nSee `x` [there](/url).\n";
        let post = Post::parse(Source::from_text("a.md", text), &Site::of(&PLAIN), Role::Post);
        let words = post.words();
        assert_eq!(words.text, "the tide\nit is out\nsee there");
        assert_eq!(words.blocks.iter().map(|block| block.in_quote).collect::<Vec<_>>(), [false, true, false]);
        let mut code = vec![mix(of_text("ls -l")), mix(of_text("cd"))];
        code.sort_unstable();
        assert_eq!(post.prose.code(&post.source), code);
        let see = &words.tokens[words.blocks[2].range().start];
        assert_eq!(&post.prose.text[see.origin as usize..see.origin_end as usize], "See");
    }
}
