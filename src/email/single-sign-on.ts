import { message } from './message.ts'
import { factsOf, notKnown, whoseWhat } from './whose-what.ts'

/** `name` is the provider's issuer. */
export const singleSignOnChanged = message({
  name: 'single-sign-on-changed',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `Single sign-on of ${facts.company} was set`,
    before: ['From now on this provider says who signs in for your company by single sign-on.'],
    facts: factsOf('Provider', facts),
    after: [notKnown],
  }),
})

export const singleSignOnRemoved = message({
  name: 'single-sign-on-removed',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `Single sign-on of ${facts.company} was removed`,
    before: ['Whoever signed in there was signed out, and signs in by password or passkey from now on.'],
    facts: factsOf('Provider', facts),
    after: [notKnown],
  }),
})
