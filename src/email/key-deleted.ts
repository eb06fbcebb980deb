import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const keyDeleted = message({
  name: 'key-deleted',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `A key was deleted: ${facts.name}`,
    before: ['An API key of your company was deleted. Programs that use it are refused from now on.'],
    facts: factsOf('Key', facts),
    after: [notKnown],
  }),
})
