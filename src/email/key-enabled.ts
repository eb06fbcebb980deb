import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const keyEnabled = message({
  name: 'key-enabled',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `A key was enabled: ${facts.name}`,
    before: ['An API key of your company was enabled. It reads device data again.'],
    facts: factsOf('Key', facts),
    after: [notKnown],
  }),
})
