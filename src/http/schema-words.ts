import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue

const expected: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** What does not fit a schema, in words for whoever sent it that say what to do. Undefined: the schema's own, or the library's. */
function wordsOf(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = expected[issue.expected] ?? issue.expected
      return issue.input === undefined ? `is missing: give ${wanted}` : `must be ${wanted}`
    }
    case 'invalid_value':
      return `must be ${choice(issue.values)}`
    case 'invalid_union':
      return Array.isArray(issue.options) ? `must be ${choice(issue.options)}` : undefined
    case 'unrecognized_keys':
      return `holds what is not known here: leave ${issue.keys.map((key) => JSON.stringify(key)).join(', ')} out, or correct the name`
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    default:
      return undefined
  }
}

function choice(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`
}

function tooSmall({ origin, minimum }: Issue & { code: 'too_small' }): string {
  if (origin === 'string') return minimum === 1 ? 'is empty' : `must have ${minimum} characters or more`
  if (origin === 'array') return minimum === 1 ? 'is empty: give at least one' : `must hold ${minimum} or more`
  return `must be ${minimum} or more`
}

function tooBig({ origin, maximum }: Issue & { code: 'too_big' }): string {
  if (origin === 'string') return `has more than ${maximum} characters`
  return origin === 'array' ? `holds more than ${maximum}` : `must be ${maximum} or less`
}

/** Checks requests by their schemas: what fits, or each bad place in our words. */
export function requestValidator({ schema }: { schema: unknown }) {
  return (data: unknown) => {
    const checked = (schema as z.ZodType).safeParse(data, { error: wordsOf })
    if (checked.success) return { value: checked.data }
    const bad = checked.error.issues.map(({ path, message }) => ({ instancePath: `/${path.join('/')}`, message }))
    return { error: bad as never }
  }
}
