import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const keyNarrowed = message({
  name: 'key-narrowed',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `A key was narrowed: ${facts.name}`,
    before: [
      'An API key of your company has fewer rights than before: fewer customers, fewer networks or an earlier end. Administration > API shows what it has.',
    ],
    facts: factsOf('Key', facts),
    after: [notKnown],
  }),
})
