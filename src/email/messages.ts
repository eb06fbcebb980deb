import type { NamedMessage } from './message.ts'

const all: readonly NamedMessage[] = []

/** Every kind of mail by its name, which mails keep: a name that was in use stays here. */
export const messages: ReadonlyMap<string, NamedMessage> = new Map(all.map((one) => [one.name, one]))
