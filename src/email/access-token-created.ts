import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const accessTokenCreated = message({
  name: 'access-token-created',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `You created an access token: ${facts.name}`,
    before: ['A program with this token may do in your name what its role allows.'],
    facts: factsOf('Access token', facts),
    after: [notKnown],
  }),
})
