// Which documents may be posts. Whether one is, the server says, who knows the generator of the site.

/** File name extensions of all generators; `tests/gates.rs` holds them to the server's. */
const EXTENSIONS = ["md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "mdx", "rmd", "rmarkdown", "html"];

/** By name and not by language: the editor has no language for some of them, others call it what their extension does. */
export const POSTS = [
  { scheme: "file", pattern: `**/*.{${EXTENSIONS.flatMap((name) => [name, name.toUpperCase()]).join(",")}}` },
];
