/** A row's texts, by column. */
export type Row = Record<string, string>

/** A table of a Markdown text. */
export interface Table {
  columns: string[]
  rows: Row[]
}

/** The tables below a heading of the second level, in their order. Throws where there is no such heading. */
export function tablesUnder(text: string, heading: string): Table[] {
  const section = text.split(/^## /m).find((one) => one.startsWith(`${heading}\n`))
  if (section === undefined) throw new Error(`There is no heading "${heading}".`)
  const tables: Table[] = []
  let table: Table | undefined
  for (const line of section.split('\n')) {
    if (!line.startsWith('|')) {
      table = undefined
      continue
    }
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    if (table === undefined) {
      table = { columns: cells, rows: [] }
      tables.push(table)
    } else if (!cells.every((cell) => /^-+$/.test(cell))) {
      const { columns } = table
      if (cells.length !== columns.length) throw new Error(`${line} has ${cells.length} cells in place of ${columns.length}.`)
      table.rows.push(Object.fromEntries(cells.map((cell, index) => [columns[index] as string, cell])))
    }
  }
  return tables
}
