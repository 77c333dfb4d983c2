// @ts-check
const BASE = '/harbour/';

/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'Harbour Notes',
  url: 'https://harbour.example',
  baseUrl: BASE,
  onBrokenLinks: 'throw',
  i18n: { defaultLocale: 'en', locales: ['en', 'zh'] },
  presets: [
    [
      'classic',
      {
        docs: { sidebarPath: './sidebars.js', routeBasePath: 'manual' },
        blog: { routeBasePath: '/log', onUntruncatedBlogPosts: 'ignore', onInlineTags: 'ignore' },
      },
    ],
  ],
  plugins: [
    [
      '@docusaurus/plugin-content-docs',
      { id: 'club', path: 'club', routeBasePath: 'sailing/club', sidebarPath: false, numberPrefixParser: false },
    ],
    ['@docusaurus/plugin-content-blog', { id: 'news', path: './news', routeBasePath: 'news' }],
    ['@docusaurus/plugin-client-redirects', { redirects: [{ from: ['/old', '/older'], to: '/about' }] }],
  ],
};

module.exports = config;
