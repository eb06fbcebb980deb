import sql, { type Sql } from 'sql-template-tag'

/** What a list shows the names of. */
type Named = 'access_token' | 'api_key' | 'company' | 'gateway' | 'person'

const tables: Record<Named, Sql> = {
  access_token: sql`access_token`,
  api_key: sql`api_key`,
  company: sql`company`,
  gateway: sql`gateway`,
  person: sql`person`,
}

/**
 * The name of what has this id; null: there is none. Looked up for each row that is shown, by the index: a join would read the whole table, since the
 * planner does not know how few rows a list's limit leaves.
 */
export function nameOf(what: Named, id: Sql): Sql {
  return sql`(select n.name from ${tables[what]} n where n.id = ${id})`
}
