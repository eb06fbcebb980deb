import { dirname, join } from 'node:path'
import ts from 'typescript'
import type { SourceFile } from './source-files.ts'

/** What a file imports, types included: a path below the repository's root for what is ours, else the package's name. */
export function importsOf(file: SourceFile): string[] {
  return ts.preProcessFile(file.text, true, true).importedFiles.map(({ fileName }) => {
    if (fileName.startsWith('.')) return join(dirname(file.path), fileName)
    return fileName.startsWith('@assent/') ? fileName.slice('@assent/'.length) : fileName
  })
}
