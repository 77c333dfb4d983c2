// Prints the ids of the headings of a page as an engine written in JavaScript makes them, one a line: `node javascript.mjs ENGINE PAGE`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { unified } from 'unified';
import remarkParse from 'remark-parse';
import remarkGfm from 'remark-gfm';
import remarkRehype from 'remark-rehype';
import remarkFrontmatter from 'remark-frontmatter';
import remarkDirective from 'remark-directive';
import rehypeSlug from 'rehype-slug';
import rehypeRaw from 'rehype-raw';
import { visit } from 'unist-util-visit';

const require = createRequire(import.meta.url);
const [engine, page] = process.argv.slice(2);
const source = readFileSync(page, 'utf8');

/// The ids in a document of HTML.
const fromHtml = (html) => [...html.matchAll(/<h[1-6][^>]*?\bid="([^"]*)"/g)].map((found) => unescape(found[1]));
const unescape = (text) =>
  text.replace(/&#x?[0-9A-Fa-f]+;|&(amp|lt|gt|quot);/g, (entity, name) => {
    if (name) return { amp: '&', lt: '<', gt: '>', quot: '"' }[name];
    return String.fromCodePoint(entity[2] === 'x' ? parseInt(entity.slice(3), 16) : parseInt(entity.slice(2), 10));
  });

async function github() {
  const pipeline = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { allowDangerousHtml: true }).use(rehypeRaw).use(rehypeSlug);
  const tree = await pipeline.run(pipeline.parse(source));
  const ids = [];
  visit(tree, 'element', (node) => { if (/^h[1-6]$/.test(node.tagName)) ids.push(node.properties.id); });
  return ids;
}

async function docusaurus() {
  const headings = require('@docusaurus/mdx-loader/lib/remark/headings/index.js').default;
  const pipeline = unified().use(remarkParse).use(remarkFrontmatter).use(remarkDirective).use(remarkGfm)
    .use(headings, { anchorsMaintainCase: false });
  const tree = await pipeline.run(pipeline.parse(source));
  const ids = [];
  visit(tree, 'heading', (node) => { ids.push(node.data.id); });
  return ids;
}

async function astro() {
  const { createMarkdownProcessor } = await import('@astrojs/markdown-remark');
  const processor = await createMarkdownProcessor({ syntaxHighlight: false, experimentalHeadingIdCompat: engine === 'astro-6' });
  const { metadata } = await processor.render(source);
  return metadata.headings.map((heading) => heading.slug);
}

async function vitepress() {
  const { createMarkdownRenderer } = await import('vitepress');
  const markdown = await createMarkdownRenderer('/tmp', {});
  return fromHtml(await (markdown.renderAsync ?? markdown.render).call(markdown, source, { path: '/tmp/page.md', relativePath: 'page.md', cleanUrls: false }));
}

async function hexo() {
  const modifyAnchors = { hexo: 0, 'hexo-lower': 1, 'hexo-upper': 2 }[engine];
  const site = { config: { marked: { modifyAnchors }, url: 'https://example.com', root: '/', external_link: {} }, execFilterSync() {} };
  const registered = {};
  globalThis.hexo = Object.assign(site, { extend: { renderer: { register: (name, _, renderer) => { registered[name] = renderer; } } } });
  require('hexo-renderer-marked');
  return fromHtml(registered.md.call(site, { text: source }));
}

const engines = { github, docusaurus, astro, 'astro-6': astro, vitepress, hexo, 'hexo-lower': hexo, 'hexo-upper': hexo };
for (const id of await engines[engine]()) console.log(id);
process.exit(0);
