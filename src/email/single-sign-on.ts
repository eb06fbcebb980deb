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

export const singleSignOnTurnedOff = message({
  name: 'single-sign-on-turned-off',
  facts: whoseWhat,
  compose: (facts) => ({
    subject: `Single sign-on of ${facts.company} was turned off`,
    before: [
      'Whoever signed in there was signed out, and signs in by password or passkey from now on. Who has no password gets one by Forgot password on the sign-in page.',
      'The settings are kept, and an administrator of your company can turn it on again.',
    ],
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
