import ts from 'typescript'
import { eachFile, isCode, isTest, isUnder, type Rule, type SourceFile, walk } from './source-files.ts'
import { systemFiles } from './system-files.ts'

const baseTable =
  /\b(act_label|inventory_object|alarm|alarm_version|sensor|feed_head|measurement_block|measurement_head|measurement_rollup)\b/

/**
 * Statements that read customers' data name only the `covered_…` views (I1). The system files, which work as the owner of the
 * tables, are apart.
 */
export const readsGoThroughTheCoverage: Rule = eachFile((file) => isOfTheStore(file) && !(file.path in systemFiles), names)

/** A system file that names no base table any longer leaves the list. */
export const systemFilesNeedToBe: Rule = eachFile(
  (file) => file.path in systemFiles && names(file).length === 0,
  ({ path }) => [`${path} names no base table of device data: take it off the list in test/tidy/system-files.ts`],
)

function isOfTheStore(file: SourceFile): boolean {
  return isUnder(file.path, 'src/store') && isCode(file) && !isTest(file)
}

/** Where a file's SQL names a base table. A quoted value is not a name. */
function names(file: SourceFile): string[] {
  return walk(file, (node, finding) => {
    const isText = ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
    const named = isText ? baseTable.exec(node.text.replace(/'[^']*'/g, '')) : rawTable(node)
    return named ? finding(`names the base table ${named[0]}: read it through covered_${named[0]} (I1)`) : undefined
  })
}

/** A table's name put into a statement as it is: `raw('alarm')`. */
function rawTable(node: ts.Node): RegExpExecArray | null {
  const [given] = ts.isCallExpression(node) && node.expression.getText() === 'raw' ? node.arguments : []
  return given && ts.isStringLiteralLike(given) ? baseTable.exec(given.text) : null
}
