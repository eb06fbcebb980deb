import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

export const gatewayRemoved = message({
  name: 'gateway-removed',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `A gateway was removed: ${facts.name}`,
    before: ['A gateway of your company was removed. What it sends is refused from now on; what it reported stays.'],
    facts: factsOf('Gateway', facts),
    after: [notKnown],
  }),
})
