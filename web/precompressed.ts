import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const worthwhileBytes = 1024

/** Lays a .br and a .gz beside each text file of the build, which the server sends as they are. */
export function precompressed(): Plugin {
  return {
    name: 'precompressed',
    apply: 'build',
    // What is on disk: before that, other plugins still change it.
    writeBundle({ dir = '' }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        const path = join(dir, fileName)
        const content = readFileSync(path)
        if (/\.(js|css|html|svg)$/.test(fileName) && content.length > worthwhileBytes) {
          writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
          writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
        }
      }
    },
  }
}
