import { basename } from 'node:path'
import ts from 'typescript'
import { eachFile, isCode, isUnder, type Rule, walk } from './source-files.ts'

const configFiles = ['vitest.config.ts', 'web/vite.config.ts']
const publicEntry = 'client/src/index.ts'
const emptyNames = /^(utils?|helpers?|common|misc|managers?|services?)$/i
// Put together, so that this file does not name them.
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`)
const linesMax = 300
const architectureLinesMax = 250

/** A file's or folder's name says what is in it. */
export const namesSayWhatIsInside: Rule = eachFile(
  (file) => file.path.includes('/') || isCode(file),
  ({ path }) => {
    const words = path
      .split('/')
      .flatMap((part) => [part.split('.')[0] ?? '', ...(part.split('.')[0] ?? '').split('-').slice(-1)])
    const empty = words.find((word) => emptyNames.test(word))
    return empty === undefined ? [] : [`${path}: "${empty}" says nothing; name it after what it knows`]
  },
)

/** One name for a thing, wherever it is imported. */
export const nothingIsExportedAsDefault: Rule = eachFile(
  (file) => isCode(file) && !configFiles.includes(file.path),
  (file) =>
    walk(file, (node, finding) => {
      const assigned = ts.isExportAssignment(node)
      const modified =
        ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
      const renamed = ts.isExportSpecifier(node) && node.name.text === 'default'
      return assigned || modified || renamed ? finding('has a default export: export it by its name') : undefined
    }),
)

/** What is imported is imported from where it is written. */
export const thereAreNoBarrels: Rule = eachFile(
  (file) => isCode(file) && file.path !== publicEntry,
  (file) => {
    const { statements } = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest)
    const onlyPasses =
      statements.length > 0 && statements.every((one) => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined)
    return onlyPasses ? [`${file.path} only re-exports: import from where things are written`] : []
  },
)

export const nothingIsAny: Rule = eachFile(isCode, (file) =>
  walk(file, (node, finding) =>
    node.kind === ts.SyntaxKind.AnyKeyword ? finding('says `any`: say `unknown`, or what it is') : undefined,
  ),
)

/** What is here is finished; what is not is an issue. */
export const nothingIsMarkedUnfinished: Rule = eachFile(
  (file) => !file.path.endsWith('.json'),
  ({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, at) =>
        unfinished.test(line) ? [`${path}:${at + 1} is marked unfinished: finish it, or file an issue`] : [],
      ),
)

export const filesAreShort: Rule = (files) => {
  const long = (path: string, text: string, max: number) => {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
    return lines > max ? [`${path} has ${lines} lines, more than ${max}: it holds more than one thing`] : []
  }
  return files.flatMap(({ path, text }) => {
    if (path === 'ARCHITECTURE.md') return long(path, text, architectureLinesMax)
    const held = /\.(ts|tsx|js|css|sql|java|sh)$/.test(path) && !isUnder(path, 'src/store/migrations', 'schema.sql')
    return held ? long(path, text, linesMax) : []
  })
}

/** An operation's file is its operationId in kebab-case: `export const listAlarms` stands in `list-alarms.ts`. */
export const operationsAreNamedByTheirFile: Rule = eachFile(
  ({ path }) => /^src\/api\/[^/]+\/.+\.ts$/.test(path) && !path.endsWith('.test.ts'),
  (file) => {
    const operation = /\boperationId: '(\w+)'/.exec(file.text)?.[1]
    const name = operation?.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)
    return name === undefined || `${name}.ts` === basename(file.path)
      ? []
      : [`${file.path} holds the operation ${operation}: its name is ${name}.ts`]
  },
)
