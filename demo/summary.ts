import { type World, worldPath } from './world-file.ts'

/** What the server says at the start that made the world: all that there is to try, in 80 columns but for the curl line. */
export function worldSummary(world: World, url: string, dataDir: string): string {
  return [
    `Assent is at ${url}`,
    '',
    'A small world to try it in is there. Sign in as the administrator of',
    '',
    ...table(world.people.map(({ company, kind, email, password }) => [company, kind, email, password])),
    '',
    'What the partner may read of the customers: "valid" is read, the rest is not.',
    '',
    ...table(world.organizations.map(({ label, state }) => [label, state])),
    '',
    "What a program of the partner's may do, with its key:",
    '',
    `curl -s -H 'Authorization: Bearer ${world.keys.all}' ${url}/rest/v1/organizations`,
    '',
    'The same for scripts, with the other keys:',
    worldPath(dataDir),
  ].join('\n')
}

/** What the server says at a later start. */
export function worldReminder(url: string, dataDir: string): string {
  return [`Assent is at ${url}`, `Passwords and keys of the world to try it in: ${worldPath(dataDir)}`].join('\n')
}

/** Lines of columns, each as wide as its widest cell. */
function table(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
