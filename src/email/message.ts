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
  /** Its English words; those of other languages stand in their folders (translations.ts). */
  compose(facts: Facts, portal: Portal): Composed
  /** It tells of customers' device data, which the vendor is not shown: other words stand there in its place. */
  ofDeviceData?: true
}

/** A message as it is found by its name. */
export interface NamedMessage {
  name: string
  ofDeviceData?: true
  /**
   * Composes it of facts as they were kept: in English, or by another language's words for this message. Throws where the facts are not this
   * message's.
   */
  composeKept(facts: unknown, portal: Portal, translated?: (facts: never, portal: Portal) => Composed): Composed
}

export function message<const Name extends string, Facts>(
  given: Message<Facts> & { name: Name },
): Message<Facts> & NamedMessage & { name: Name } {
  return {
    ...given,
    composeKept: (facts, portal, translated) => {
      const inWords = (translated as typeof given.compose | undefined) ?? given.compose
      return inWords(given.facts.parse(facts), portal)
    },
  }
}
