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
  passkey: 'Sign in with a passkey',
  provider: 'Sign in with single sign-on',
  forgot: 'Forgot your password?',
  register: 'Register',
  reportKey: 'Report a key that you found',
  code: {
    lead: 'Enter the code that your authenticator app shows, or one of your recovery codes.',
    field: 'Code',
    missing: 'Enter the six digits, or a recovery code.',
    back: 'Begin again',
  },
}

export const registerTexts = {
  title: 'Register',
  submit: 'Register',
  sent: {
    title: 'Look into your mail',
    text: (email: string) => `We have mailed ${email}. Open the link in the mail to go on; it works for 24 hours.`,
  },
  toSignIn: 'Go to sign in',
}

export const verifyTexts = {
  title: 'Confirm your address',
  lead: 'Enter the password that you chose when you registered.',
  submit: 'Confirm',
  done: {
    title: 'Your address is confirmed',
    text: 'Sign in. If you belong to no company yet, open the invitation that a co-worker or partner sent you, or ask for one.',
  },
}

export const forgotTexts = {
  title: 'Reset your password',
  lead: 'We mail you a link with which you choose a new one.',
  submit: 'Send link',
  sent: {
    title: 'Look into your mail',
    text: (email: string) => `If ${email} has an account, a link is on its way to it. It works for an hour.`,
  },
}

export const resetTexts = {
  title: 'Choose a new password',
  password: 'New password',
  submit: 'Set password',
  done: { title: 'Your password is set', text: 'You were signed out everywhere. Sign in with the new password.' },
}

export const newAddressTexts = {
  title: 'Confirm your new address',
  lead: 'From then on you sign in with it.',
  submit: 'Use this address',
  done: { title: 'Your address was changed', text: 'Sign in with the new one from now on.' },
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
