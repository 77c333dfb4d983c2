import { defineConfigWithTheme } from 'vitepress'
import type { DefaultTheme } from 'vitepress'

const base = '/'

export default defineConfigWithTheme<DefaultTheme.Config>({
  base,
  cleanUrls: true,
  srcDir: './pages',
  sitemap: { hostname: 'https://harbour.example' },
})
