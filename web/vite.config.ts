import react from '@vitejs/plugin-react'
import mantine from 'postcss-preset-mantine'
import { defineConfig } from 'vite'
import { inLanguage } from './in-language.ts'
import { precompressed } from './precompressed.ts'

/**
 * What no page does without. The library's styles are in it so that they go before all of ours: of two rules that weigh the same, the later one holds.
 * Those that some pages alone bring along are not.
 */
const frame =
  /\/node_modules\/(react|react-dom|scheduler|@tanstack\/(react-router|router-core|history|react-query|query-core)|@mantine\/core\/styles(?!\/(Combobox|FloatingIndicator|SegmentedControl|Switch)))\/|\/ui\/base\.css/

/**
 * One build a language, which is the mode (`vite build web --mode de`): it takes what others import of texts/ from texts/de/. The server serves
 * what this makes (web/dist/de), with index.html for every path of a page.
 */
export default defineConfig(({ mode: language }) => ({
  root: import.meta.dirname,
  base: `/${language}/`,
  plugins: [react(), inLanguage(language), precompressed()],
  css: { postcss: { plugins: [mantine()] } },
  // Everything is a file of its own: the content security policy allows neither inline scripts nor data: fonts.
  build: {
    outDir: `dist/${language}`,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: 'es2023',
    reportCompressedSize: true,
    // How long plugins took is nothing that whoever runs `npm start` need read.
    rolldownOptions: {
      checks: { pluginTimings: false },
      // What every page needs is one file: it compresses better than a dozen small ones.
      output: {
        codeSplitting: {
          groups: [
            { name: 'frame', test: frame },
            // What most pages need besides: fewer pages would load too much, more would leave too many small files.
            { name: 'shared', minShareCount: 18 },
          ],
        },
      },
    },
  },
}))
