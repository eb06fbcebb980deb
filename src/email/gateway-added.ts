import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const gatewayAdded = message({
  name: 'gateway-added',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `A gateway was added: ${facts.name}`,
    before: ['A new gateway of your company may send data from now on.'],
    facts: factsOf('Gateway', facts),
    after: [notKnown],
  }),
})
