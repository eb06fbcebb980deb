import react from '@vitejs/plugin-react'
import mantine from 'postcss-preset-mantine'
import { defineConfig } from 'vite'
import { precompressed } from './precompressed.ts'

/** The server serves what this makes (web/dist), with index.html for every path of a page. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompressed()],
  css: { postcss: { plugins: [mantine()] } },
  // Everything is a file of its own: the content security policy allows neither inline scripts nor data: fonts.
  build: {
    outDir: 'dist',
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
            {
              name: 'frame',
              test: /node_modules\/(react|react-dom|scheduler|@tanstack\/(react-router|router-core|history|react-query|query-core))\//,
            },
            // What most pages need besides: fewer pages would load too much, more would leave too many small files.
            { name: 'shared', minShareCount: 12 },
          ],
        },
      },
    },
  },
})
