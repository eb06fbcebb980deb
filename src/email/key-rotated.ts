import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const keyRotated = message({
  name: 'key-rotated',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `A key was replaced: ${facts.name}`,
    before: [
      'An API key of your company is replaced by a new one with the same settings. Administration > API says until when the old one is accepted.',
    ],
    facts: factsOf('Key', facts),
    after: [notKnown],
  }),
})
