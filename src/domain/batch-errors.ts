import type { z } from 'zod'
import { batchBounds } from './batch.ts'

/** A place in a batch (JSON pointer, RFC 6901), what is wrong there, and what to do. */
export interface BadRecord {
  pointer: string
  detail: string
}

/** A batch that cannot be stored. The caller can act on every one of `errors`; nothing of the batch was stored. */
export class BatchRefused extends Error {
  readonly errors: BadRecord[]

  constructor(errors: BadRecord[]) {
    super(`${errors.length} bad records, the first at ${errors[0]?.pointer}: ${errors[0]?.detail}`)
    this.errors = errors.slice(0, batchBounds.errorsMax)
  }
}

/** A JSON pointer to a place: `pointerTo('inventory', 'devices', 3)` is `/inventory/devices/3`. */
export function pointerTo(...path: PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** What the schema found, as bad records; `place` is where it was looked at. */
export function badRecords(issues: readonly z.core.$ZodIssue[], place: PropertyKey[] = []): BadRecord[] {
  return issues.flatMap((issue) => {
    const path = [...place, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: pointerTo(...path, key),
        detail: 'is not a property that is known here: leave it out, or correct its name',
      }))
    }
    return [{ pointer: pointerTo(...path), detail: sentenceOf(issue) }]
  })
}

const formats: Record<string, string> = {
  datetime: 'must be a time as in RFC 3339, for example 2026-03-01T10:15:00.000Z',
  date: 'must be a date, for example 2026-03-01',
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    const found = issue.message.endsWith('received undefined')
    return found ? `is required: give ${article(issue.expected)}` : `must be ${article(issue.expected)}`
  }
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`
  if (issue.code === 'too_small') return 'must not be empty: give it a value, or leave it out where it is optional'
  if (issue.code === 'too_big') {
    return issue.origin === 'array'
      ? `must hold at most ${issue.maximum} records: send several batches, not full`
      : `must have at most ${issue.maximum} characters: shorten it`
  }
  if (issue.code === 'invalid_format') return formats[issue.format] ?? issue.message
  return issue.message
}

function article(expected: string): string {
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`
}
