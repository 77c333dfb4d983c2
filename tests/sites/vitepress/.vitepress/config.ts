import { defineConfig } from 'vitepress'

export default defineConfig({
  title: 'Harbour Notes',
  base: '/harbour/',
  srcExclude: ['drawer/**'],
  rewrites: {
    'log/:year/:slug.md': 'log/:slug.md',
    'places/:rest*': 'harbour/:rest*',
    'bench.md': 'seats/index.md',
  },
})
