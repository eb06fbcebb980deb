import ts from 'typescript'
import { eachFile, isCode, isTest, isUnder, type Rule, walk } from './source-files.ts'

const environmentFiles = ['src/config.ts', 'gateway/src/config.ts']

/** Programs for other machines, that readers of the guides copy: each is one file, and is given its key as programs are. */
const programsToCopy = 'docs/guides/programs'

/** Files that may ask other hosts: the mail server's, which is the operator's own choice, and the one guarded function. */
const outsideFiles = ['src/smtp.ts', 'src/outside/ask.ts']
const outsideModules = ['node:https', 'https', 'node:http2', 'http2', 'undici', 'axios', 'got', 'node-fetch', 'nodemailer']
const requestNames = ['request', 'get', 'ClientRequest', 'Agent']

const clockFiles = ['src/main.ts', 'src/clock.ts', 'gateway/src/main.ts']
const randomNames = [
  'randomBytes',
  'randomUUID',
  'randomUUIDv7',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
  'webcrypto',
]

const statement =
  /\b(select\s[\s\S]+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|(create|alter|drop)\s+(table|view|role|index))\s/i

/** SQL is written in src/store, and nowhere else. */
export const sqlStandsInTheStore: Rule = (files) => [
  ...files
    .filter(({ path }) => path.endsWith('.sql') && path !== 'schema.sql' && !isUnder(path, 'src/store', 'test'))
    .map(({ path }) => `${path} is SQL outside src/store`),
  ...eachFile(
    (file) => isCode(file) && !isTest(file) && !isUnder(file.path, 'src/store', 'scripts'),
    (file) =>
      walk(file, (node, finding) => {
        if (ts.isImportDeclaration(node) && moduleOf(node) === 'sql-template-tag' && importsValues(node)) {
          return finding('builds SQL: move the statement to src/store (its type Sql may be imported)')
        }
        const text = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : ''
        return isStatement(text) ? finding('holds a statement of SQL: move it to src/store') : undefined
      }),
  )(files),
]

/** Environment variables are read where each setting has its name, default and check. */
export const environmentIsReadInConfig: Rule = eachFile(
  (file) => isCode(file) && !isTest(file) && !isUnder(file.path, 'scripts', programsToCopy, ...environmentFiles),
  (file) =>
    walk(file, (node, finding) => {
      const read =
        ts.isPropertyAccessExpression(node) &&
        node.name.text === 'env' &&
        /^(globalThis\.)?process$/.test(node.expression.getText())
      const imported = ts.isImportSpecifier(node) && nameOf(node) === 'env' && isFrom(node, 'node:process', 'process')
      return read || imported
        ? finding(`reads the environment: a setting belongs in ${environmentFiles.join(' or ')}`)
        : undefined
    }),
)

/** The server asks other hosts through named, guarded places only. */
export const outsideIsAskedThroughTheGuard: Rule = eachFile(
  (file) => isCode(file) && !isTest(file) && isUnder(file.path, 'src', 'demo') && !outsideFiles.includes(file.path),
  (file) =>
    walk(file, (node, finding) => {
      const sentence = 'asks other hosts: only the guarded function may'
      if (ts.isCallExpression(node) && /^(globalThis\.)?fetch$/.test(node.expression.getText())) return finding(sentence)
      if (ts.isImportDeclaration(node) && outsideModules.includes(moduleOf(node))) return finding(sentence)
      const asks = ts.isImportSpecifier(node) && requestNames.includes(nameOf(node)) && isFrom(node, 'node:http', 'http')
      return asks ? finding(sentence) : undefined
    }),
)

/** Time and randomness are passed in, so that a test can hold both. */
export const timeAndRandomnessArePassedIn: Rule = eachFile(
  (file) => isCode(file) && !isTest(file) && isUnder(file.path, 'src', 'demo', 'gateway') && !clockFiles.includes(file.path),
  (file) =>
    walk(file, (node, finding) => {
      const sentence = 'takes time or randomness by itself: use the Clock that main.ts passes in'
      if (ts.isPropertyAccessExpression(node)) {
        const path = node.getText()
        const drawn = /(^|\.)crypto$/i.test(node.expression.getText()) && randomNames.includes(node.name.text)
        return drawn || ['Date.now', 'Math.random'].includes(path) ? finding(sentence) : undefined
      }
      const now =
        (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'Date' && !node.arguments?.length
      const imported = ts.isImportSpecifier(node) && randomNames.includes(nameOf(node)) && isFrom(node, 'node:crypto', 'crypto')
      return now || imported ? finding(sentence) : undefined
    }),
)

/** A sentence that begins with "Select" is none: SQL keeps to one case. */
function isStatement(text: string): boolean {
  const [verb = 'None'] = statement.exec(text)?.[0].split(/\s/) ?? []
  return verb === verb.toLowerCase() || verb === verb.toUpperCase()
}

function moduleOf(node: { moduleSpecifier: ts.Expression }): string {
  return ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : ''
}

/** The name under which the module gives it, whatever it is called here. */
function nameOf(node: ts.ImportSpecifier): string {
  return (node.propertyName ?? node.name).text
}

function isFrom(node: ts.ImportSpecifier, ...modules: string[]): boolean {
  return modules.includes(moduleOf(node.parent.parent.parent))
}

function importsValues(node: ts.ImportDeclaration): boolean {
  const clause = node.importClause
  if (!clause || clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return false
  const named = clause.namedBindings
  return clause.name !== undefined || !named || !ts.isNamedImports(named) || named.elements.some((one) => !one.isTypeOnly)
}
