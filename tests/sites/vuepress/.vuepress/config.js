import { viteBundler } from '@vuepress/bundler-vite'
import { defineUserConfig } from 'vuepress'

export default defineUserConfig({
  base: '/harbour/',
  title: 'Harbour Notes',
  bundler: viteBundler(),
  theme: { name: 'bare', layouts: { Layout: new URL('Layout.vue', import.meta.url).pathname } },
})
