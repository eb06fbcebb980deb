import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const gatewayTokenReplaced = message({
  name: 'gateway-token-replaced',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `A gateway’s token was replaced: ${facts.name}`,
    before: ['Its former token is refused from now on. The gateway keeps what it reads, and sends it once it has the new one.'],
    facts: factsOf('Gateway', facts),
    after: [notKnown],
  }),
})
