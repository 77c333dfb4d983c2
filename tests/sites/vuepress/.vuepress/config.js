import { viteBundler } from '@vuepress/bundler-vite'
import { defineUserConfig } from 'vuepress'

export default defineUserConfig({
  base: '/harbour/',
  title: 'Harbour Notes',
  bundler: viteBundler(),
  theme: { name: 'bare' },
})
