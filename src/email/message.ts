import type { z } from 'zod'

/** The portal as a mail names it. */
export interface Portal {
  /** The configured name, such as Exchange. */
  name: string
  url: string
}

/** What a mail says, in its order. */
export interface Composed {
  subject: string
  /** Paragraphs before the link. */
  before: readonly string[]
  /** What the button says; the address is the mail's own. Absent: the mail has no link. */
  button?: string
  /** In place of it, a button to a page of the portal: its words and its address, which is no secret. */
  page?: readonly [string, string]
  /** Names and values, such as when and from where. */
  facts?: readonly (readonly [string, string])[]
  /** Paragraphs after them. */
  after?: readonly string[]
  /** The mail is one of many, and its link stops them: what stands before that, at the end. */
  stop?: string
}

/**
 * One kind of mail: its facts are kept with the mail and never hold a secret; its one link is kept apart, sealed. It is composed when it is
 * sent, or looked at.
 */
export interface Message<Facts> {
  name: string
  facts: z.ZodType<Facts>
  compose(facts: Facts, portal: Portal): Composed
  /** It tells of customers' device data: what the vendor, who is not shown those, is told in place of it. */
  withheld?: { subject: string; text: string }
}

/** A message as it is found by its name. */
export interface NamedMessage {
  name: string
  withheld?: { subject: string; text: string }
  /** Composes it of facts as they were kept. Throws where they are not this message's. */
  composeKept(facts: unknown, portal: Portal): Composed
}

export function message<Facts>(given: Message<Facts>): Message<Facts> & NamedMessage {
  return { ...given, composeKept: (facts, portal) => given.compose(given.facts.parse(facts), portal) }
}
