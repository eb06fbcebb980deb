/** Rows as columns of text with a heading; `empty` where there are none. */
export function table(rows: readonly object[], columns: readonly string[], empty: string): string {
  if (rows.length === 0) return empty
  const cells = [
    columns.map(heading),
    ...rows.map((row) => columns.map((column) => plain((row as Record<string, unknown>)[column]))),
  ]
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)))
  return cells
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** One thing, a line for each of its members. */
export function record(thing: object): string {
  const entries = Object.entries(thing)
  const width = Math.max(...entries.map(([name]) => heading(name).length))
  return entries.map(([name, value]) => `${heading(name).padEnd(width)}  ${plain(value)}`.trimEnd()).join('\n')
}

/** A secret that is shown once, on a line of its own so that it can be copied whole. */
export function secret(words: string, text: string): string {
  return `${words} It is shown this once:\n\n${text}\n`
}

/** Text of several lines, set off from what is said about it. */
export function indented(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => `  ${plain(line)}`.trimEnd())
    .join('\n')
}

function heading(name: string): string {
  return name.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`).toUpperCase()
}

function plain(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(plain).join(', ')
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, one]) => `${name}: ${plain(one)}`)
      .join(', ')
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  // A name that somebody gave must not steer the terminal.
  return String(value).replaceAll(/\p{Cc}/gu, ' ')
}
