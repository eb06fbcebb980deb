import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const accessTokenDeleted = message({
  name: 'access-token-deleted',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `Your access token was deleted: ${facts.name}`,
    before: ['An access token that you had created was deleted. Programs that use it are refused from now on.'],
    facts: factsOf('Access token', facts),
    after: [notKnown],
  }),
})
