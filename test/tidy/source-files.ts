import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'

/** A file of the repository, or one planted to see a rule find it. `path` is below the repository's root. */
export interface SourceFile {
  path: string
  text: string
}

/** What a rule found: the place, and what is to be done. */
export type Finding = string

/** A rule of the house over all files; no finding: it holds. */
export type Rule = (files: readonly SourceFile[]) => Finding[]

const root = join(import.meta.dirname, '../..')
const skipped = new Set(['.git', 'node_modules', 'dist', 'data', 'coverage', 'test-results'])
const read = /\.(ts|tsx|js|mjs|css|html|sql|md|json|yaml|yml|java|sh)$/
const code = /\.(ts|tsx|js|mjs)$/

/** Every file of text that people keep here, generated ones left out. */
export function repositoryFiles(directory: string = root): SourceFile[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : repositoryFiles(path)
    if (!entry.isFile() || !read.test(entry.name) || entry.name === 'package-lock.json') return []
    const file = { path: relative(root, path), text: readFileSync(path, 'utf8') }
    return isGenerated(file) ? [] : [file]
  })
}

/** A generated file says so in its first lines. */
export function isGenerated({ text }: SourceFile): boolean {
  return /\bGENERATED\b/.test(text.split('\n', 3).join('\n'))
}

export function isCode({ path }: SourceFile): boolean {
  return code.test(path)
}

/** Tests and what stands around them are exempt from rules on what runs in production. */
export function isTest({ path }: SourceFile): boolean {
  return /^(test|bench)\/|^vitest\.config\.ts$|\.test\.tsx?$/.test(path)
}

export function isUnder(path: string, ...folders: string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`))
}

const trees = new WeakMap<SourceFile, ts.SourceFile>()

/** Calls `visit` with every node of a file, and what makes a finding at that node. */
export function walk(
  file: SourceFile,
  visit: (node: ts.Node, finding: (sentence: string) => Finding) => Finding | undefined,
): Finding[] {
  let tree = trees.get(file)
  if (!tree) {
    tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true)
    trees.set(file, tree)
  }
  const source = tree
  const found: Finding[] = []
  const step = (node: ts.Node): void => {
    const one = visit(node, (sentence) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
      return `${file.path}:${line + 1} ${sentence}`
    })
    if (one !== undefined) found.push(one)
    ts.forEachChild(node, step)
  }
  step(source)
  return found
}

/** The rule for each file on its own. */
export function eachFile(applies: (file: SourceFile) => boolean, findings: (file: SourceFile) => Finding[]): Rule {
  return (files) => files.filter(applies).flatMap(findings)
}
