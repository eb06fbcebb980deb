export const joinTexts = {
  title: (company: string) => `Join ${company}`,
  plainTitle: 'Join your company',
  lead: (company: string, by: string | undefined) =>
    by === undefined ? `You are invited to join ${company}.` : `${by} invites you to join ${company}.`,
  emailGiven: 'The invitation is for this address alone.',
  submit: 'Create account and join',
  byProvider: 'Join with single sign-on',
  haveAccount: 'Do you have an account with this address?',
  signIn: 'Sign in to join',
  noToken: {
    title: 'This link is not complete',
    text: 'Open the whole link as it was mailed to you, with everything after the # sign.',
  },
  toSignIn: 'Go to sign in',
  signedInAs: (name: string, email: string) => `You are signed in as ${name}, ${email}.`,
  join: (company: string) => `Join ${company}`,
  otherAddress: {
    title: 'You are signed in as somebody else',
    text: (invited: string, own: string) =>
      `The invitation is for ${invited}, and you are signed in as ${own}. Sign out, then go on here as the person who was invited.`,
  },
  elsewhere: {
    title: (company: string) => `You belong to ${company}`,
    text: 'One person belongs to one company. To join another one, have yourself removed from yours first, or ask for an invitation under another address.',
  },
  toPortal: 'Go to the portal',
}

export const noCompanyTexts = {
  title: 'You belong to no company',
  lead: 'Your account is good, but there is nothing to see without a company.',
  what: 'Ask an administrator of your company to invite you, under this address:',
  next: 'The invitation comes by mail. Open its link while you are signed in here, and you join.',
  kept: 'You have opened an invitation.',
  goOn: 'Go on with the invitation',
  account: 'Your account',
}
