import type { ParseArgsConfig, parseArgs } from 'node:util'
import type { ManagementClient } from '@assent/client'
import type { Settings } from './settings.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Values<Given extends Options> = ReturnType<typeof parseArgs<{ options: Given }>>['values']

/** What a command says: the answer for programs (--json), and the same in words. `failed`: it found what must not be. */
export interface Said {
  json: unknown
  text: string
  failed?: boolean
}

/** One command of `assent`. */
export interface Command {
  /** As it is typed: `company create`. */
  name: string
  summary: string
  /** Names of its arguments, in capitals; one in brackets may be left out. */
  args: readonly string[]
  options: Options
  /** A help line for each option. */
  help: Readonly<Record<string, string>>
  /** It asks no server: neither an address nor a token is needed. */
  withoutServer?: boolean
  run(asked: { client: ManagementClient; settings: Settings; args: string[]; values: Record<string, unknown> }): Promise<Said>
}

/** What every command takes. None has an option of its own by such a name: what is meant for the one would be taken for the other. */
export const commonOptions = {
  json: { type: 'boolean' },
  url: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

type OwnOptions = Options & { readonly [Name in keyof typeof commonOptions]?: never }

/** Defines a command: its arguments arrive in order, its options have the types of their definitions. */
export function command<const Given extends OwnOptions>(given: {
  name: string
  summary: string
  args?: readonly string[]
  options?: Given
  help?: { readonly [Name in keyof Given]: string }
  withoutServer?: boolean
  run(asked: { client: ManagementClient; settings: Settings; args: string[]; values: Values<Given> }): Promise<Said>
}): Command {
  return { args: [], options: {}, help: {}, ...given } as unknown as Command
}

/** The command line was typed wrong: exit code 2. */
export class UsageError extends Error {}

/** The server refused, or is not there: exit code 1. */
export class Failure extends Error {}

interface Problem {
  title?: string
  detail?: string
  requestId?: string
}

/** An answer's data. Throws Failure with the problem's own words where it is none. */
export function answered<Data>(result: { data?: Data; error?: unknown; response: Response }): NonNullable<Data> {
  if (!result.response.ok) {
    // Something else than our server may answer there.
    const { title, detail, requestId } = Object(result.error) as Problem
    const words = title === undefined ? `The server answered ${result.response.status}.` : `${title}. ${detail ?? ''}`
    throw new Failure(requestId === undefined ? words : `${words} (request ${requestId})`)
  }
  return (result.data ?? {}) as NonNullable<Data>
}

/** `text` as one of `choices`. Throws UsageError, naming what was typed where. */
export function oneOf<Choice extends string>(text: string, choices: readonly Choice[], where: string): Choice {
  const found = choices.find((choice) => choice === text)
  if (found === undefined) throw new UsageError(`${where} is "${text}". Give ${choices.join(' or ')}.`)
  return found
}

/** `text` as a whole number from `min` to `max`. */
export function wholeNumber(text: string, min: number, max: number, where: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(number >= min && number <= max)) throw new UsageError(`${where} is "${text}". Give a whole number from ${min} to ${max}.`)
  return number
}

/** An option that must be given. */
export function needed(text: string | undefined, option: string): string {
  if (text === undefined) throw new UsageError(`--${option} is missing.`)
  return text
}

/** Only the members that are there: what is not typed is not sent. */
export function given<Values extends object>(values: Values): { [Name in keyof Values]?: Exclude<Values[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}
