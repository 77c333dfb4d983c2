import type { Config } from '@docusaurus/types';
import type { Options } from '@docusaurus/preset-classic';

export default {
  title: 'Harbour Manual',
  url: 'https://harbour.example',
  baseUrl: '/manual/',
  trailingSlash: true,
  presets: [
    [
      '@docusaurus/preset-classic',
      { docs: { routeBasePath: '/', versions: { '1.0': { path: 'old' } } }, blog: false } satisfies Options,
    ],
  ],
} satisfies Config;
