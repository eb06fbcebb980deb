import sql, { raw, type Sql } from 'sql-template-tag'
import { type Database, type Db, statementName } from '../../src/store/database.ts'

/** A database that answers as this one does, and keeps what it was asked. */
export function listening(to: Db): { db: Db; asked: Sql[] } {
  const asked: Sql[] = []
  return {
    asked,
    db: {
      rows: (statement) => {
        asked.push(statement)
        return to.rows(statement)
      },
    },
  }
}

export interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Scan Direction'?: string
  Plans?: Plan[]
}

/** The plan by which requests' connections answer a statement: they keep one for all values, which a statement explained by itself would not show. */
export function planOf(database: Database, statement: Sql): Promise<Plan> {
  return database.transaction('request', { kind: 'system' }, async (tx) => {
    await tx.rows(statement)
    const nothing = statement.values.map(() => 'null').join(', ')
    const execute = raw(`execute ${statementName(statement.text)}${nothing && ` (${nothing})`}`)
    const [row] = await tx.rows<{ 'QUERY PLAN': [{ Plan: Plan }] }>(sql`explain (format json) ${execute}`)
    if (row === undefined) throw new Error('There is no plan.')
    return row['QUERY PLAN'][0].Plan
  })
}

/** A plan and all below it, from the top down. */
export function partsOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(partsOf)]
}

/** The tables that a plan reads from end to end. */
export function readWhole(plan: Plan): string[] {
  return partsOf(plan).flatMap((part) => (part['Node Type'] === 'Seq Scan' ? [part['Relation Name'] ?? ''] : []))
}
