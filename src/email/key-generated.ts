import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const keyGenerated = message({
  name: 'key-generated',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `A key was generated: ${facts.name}`,
    before: ['A new API key of your company reads device data from now on.'],
    facts: factsOf('Key', facts),
    after: [notKnown],
  }),
})
