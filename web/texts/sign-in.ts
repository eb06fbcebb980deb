export const signInTexts = {
  title: 'Sign in',
  to: (brand: string) => `Sign in to ${brand}`,
  email: 'Email',
  password: 'Password',
  submit: 'Sign in',
  ended: 'Your session has ended. Sign in to go on where you were.',
  emailMissing: 'Enter your email address.',
  emailMalformed: 'This is not an email address. It has the form name@example.com.',
  showPassword: 'Show or hide what is typed',
  passwordMissing: 'Enter your password.',
}

export const setUpTexts = {
  title: 'Set up your account',
  lead: (company: string) => `This makes your account for ${company}.`,
  name: 'Your name',
  email: 'Email',
  emailGiven: 'The link was made for this address.',
  password: 'Password',
  passwordHint: 'At least 12 characters. A few unrelated words make a good one.',
  submit: 'Create account',
  nameMissing: 'Enter your name, as your co-workers know you.',
  passwordShort: (missing: number) => `Too short: ${missing} more ${missing === 1 ? 'character is' : 'characters are'} needed.`,
  noToken: {
    title: 'This link is not complete',
    text: 'Open the whole link as you were given it, with everything after the # sign.',
  },
  toSignIn: 'Go to sign in',
}
