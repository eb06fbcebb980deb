import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

const texts = join(import.meta.dirname, 'texts')

/**
 * Makes the portal in a language: what is imported of texts/ comes from the language's own folder there. English stands in texts/ itself.
 */
export function inLanguage(language: string): Plugin {
  const folder = language === 'en' ? texts : join(texts, language)
  return {
    name: 'in-language',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^\.{1,2}\/.*\btexts\/[\w-]+\.ts$/ },
      handler(source, importer, options) {
        if (language === 'en' || importer === undefined || importer.startsWith(texts)) return null
        const english = join(dirname(importer), source)
        const own = join(folder, english.slice(texts.length))
        return this.resolve(own, importer, options)
      },
    },
    async transformIndexHtml(html) {
      const words = (await import(join(folder, 'language.ts'))) as typeof import('./texts/language.ts')
      return html.replace('lang="en"', `lang="${words.language}"`).replace('{noScript}', words.noScript)
    },
  }
}
