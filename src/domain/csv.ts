type Cell = string | number | undefined

/**
 * A row of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it: names are given by others than
 * whoever opens the file.
 */
export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const text = cell ?? ''
  const inert = /^\s*[=+\-@\t\r|]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(inert) || inert !== inert.trim() ? `"${inert.replaceAll('"', '""')}"` : inert
}
