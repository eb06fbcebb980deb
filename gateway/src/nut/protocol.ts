/**
 * The words of one line of upsd's text protocol (NUT developer guide, "Network protocol information"): separated by spaces,
 * or in double quotes, in which a backslash takes the next character as it is.
 */
export function wordsOf(line: string): string[] {
  const words: string[] = []
  let at = 0
  while (at < line.length) {
    if (line[at] === ' ') {
      at += 1
    } else if (line[at] === '"') {
      let word = ''
      for (at += 1; at < line.length && line[at] !== '"'; at += 1) {
        if (line[at] === '\\') at += 1
        word += line[at] ?? ''
      }
      at += 1
      words.push(word)
    } else {
      const end = line.indexOf(' ', at)
      words.push(line.slice(at, end === -1 ? undefined : end))
      at = end === -1 ? line.length : end
    }
  }
  return words
}

/** A value as one word of a command. */
export function quoted(value: string): string {
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`
}
