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
  'Index Cond'?: string
  Filter?: string
  'Scan Direction'?: string
  Plans?: Plan[]
}

/**
 * The plan that there is where no table is read from end to end if it can be helped: what still is, has no index to go by. For tables that are small
 * enough for the planner to read whole, beside what it costs to look up each row.
 */
export function planByIndex(database: Database, statement: Sql): Promise<Plan> {
  return database.transaction('system', { kind: 'system' }, async (tx) => {
    for (const way of ['seqscan', 'hashjoin', 'mergejoin']) await tx.rows(sql`set local ${raw(`enable_${way}`)} = off`)
    await tx.rows(sql`set local plan_cache_mode = force_generic_plan`)
    await tx.rows(sql`prepare looked_at as ${raw(statement.text)}`)
    const nothing = statement.values.map(() => 'null').join(', ')
    const [row] = await tx.rows<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      raw(`explain (format json) execute looked_at${nothing && ` (${nothing})`}`),
    )
    await tx.rows(sql`deallocate looked_at`)
    if (row === undefined) throw new Error('There is no plan.')
    return row['QUERY PLAN'][0].Plan
  })
}

/** The plan by which requests' connections answer a statement: they keep one for all values, which a statement explained by itself would not show. */
export function planOf(database: Database, statement: Sql, as: 'request' | 'system' = 'request'): Promise<Plan> {
  return database.transaction(as, { kind: 'system' }, async (tx) => {
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

/** Indexes that hold what is asked for alone: of these, one row at most each, and the webhooks that hear of feeds. */
const ofWhatIsAsked = ['company_demo', 'company_vendor', 'webhook_of_feeds']

/** Those, and the ones that it goes through by an index without looking anything up, which is the same but for the order. */
export function goneThrough(plan: Plan): string[] {
  const through = partsOf(plan).filter(
    (part) =>
      /^Index (Only )?Scan$/.test(part['Node Type']) &&
      part['Index Cond'] === undefined &&
      !ofWhatIsAsked.includes(part['Index Name'] ?? ''),
  )
  return [...readWhole(plan), ...through.map((part) => part['Relation Name'] ?? '')]
}
