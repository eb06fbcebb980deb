export const welcomeTexts = {
  title: 'Set up your company',
  lead: (partner: string, brand: string) =>
    `${partner} invites you to ${brand}. Your company will be connected to ${partner}, which then sees its name and no device data: whether it may read that is yours to decide, afterwards and at any time.`,
  contact: (partner: string) => `Questions? This is how to reach ${partner}:`,
  organization: 'Organization name',
  organizationHint: 'As your partner wrote it. Correct it where it is wrong.',
  organizationMissing: 'Enter the name of your organization.',
  emailGiven: 'The invitation was sent to this address, and works for no other.',
  twoFactor: 'Your company starts with two-factor sign-in: you set it up next, with an authenticator app.',
  submit: 'Create company',
  another: {
    title: 'This invitation is for another address',
    text: (own: string, invited: string) => `You are signed in as ${own}. The invitation is for ${invited}: sign out to use it.`,
    signOut: 'Sign out',
  },
  elsewhere: {
    title: 'You belong to another company',
    text: (company: string, partner: string) =>
      `You belong to ${company}, and one person belongs to one company. Ask ${partner} to invite another address, or, to connect ${company} to it, add it under Administration > Subscriptions.`,
    add: 'Go to Subscriptions',
    home: 'Go to the portal',
  },
}
