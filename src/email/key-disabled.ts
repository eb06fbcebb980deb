import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const keyDisabled = message({
  name: 'key-disabled',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `A key was disabled: ${facts.name}`,
    before: ['An API key of your company was disabled. Programs that use it are refused until it is enabled again.'],
    facts: factsOf('Key', facts),
    after: [notKnown],
  }),
})
