/** PostgreSQL's error classes for what passes by itself: connection, resources, operator's doing, shutdown. */
const passing = /^(08|53|57P|57014|55P03)/

/** Whether an error says that the database cannot be asked now, rather than that the question is wrong. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    passing.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'].includes(code) ||
    /timeout exceeded when trying to connect|Connection terminated|PGlite is closed/.test(error.message)
  )
}

/** Whether an error is PostgreSQL's refusal of a value that breaks the named constraint. */
export function violates(error: unknown, constraint: string): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === constraint
}
