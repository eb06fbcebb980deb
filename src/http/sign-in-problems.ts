/** The part of the catalogue (problem.ts) that is about signing in, and about what a session may do. */
export const signInProblems = {
  'not-signed-in': {
    status: 401,
    title: 'Not signed in',
    detail: 'Sign in, or send an access token as "Authorization: Bearer <token>".',
  },
  'sign-in-failed': {
    status: 401,
    title: 'Sign-in failed',
    detail:
      'Email and password do not belong together, or the address is not confirmed yet: then its link was mailed to it. Check both and try again.',
  },
  'code-needed': {
    status: 401,
    title: 'A code is needed',
    detail: 'Send the code of your authenticator app, or a recovery code, to POST /api/v1/session/code within ten minutes.',
  },
  'sign-in-over': {
    status: 401,
    title: 'Sign in anew',
    detail: 'This sign-in took too long, or had too many wrong codes. Begin again with email and password.',
  },
  'code-refused': {
    status: 403,
    title: 'The code is not accepted',
    detail:
      'Give the six digits that your authenticator app shows now, or a recovery code that was not used. Check the time of your device.',
  },
  'password-wrong': {
    status: 403,
    title: 'The password is not right',
    detail: 'Give the password that you sign in with.',
  },
  'passkey-refused': {
    status: 403,
    title: 'The passkey is not accepted',
    detail: 'It belongs to no account here, was not unlocked, or took too long. Try again, or sign in with your password.',
  },
  'confirmation-needed': {
    status: 403,
    title: 'Confirm that it is you',
    detail:
      'This asks for a sign-in or a confirmation within the last 15 minutes. Confirm by PUT /api/v1/session/confirmation, then ask again.',
  },
  'two-factor-needed': {
    status: 403,
    title: 'Set up two-factor sign-in first',
    detail: 'Your company requires it. Set it up on your account page, or add a passkey; until then nothing else is open to you.',
  },
  'single-sign-on-needed': {
    status: 403,
    title: 'Single sign-on is needed',
    detail: 'Your company requires its members to sign in at its own provider. Sign in there.',
  },
  'own-sign-in-needed': {
    status: 403,
    title: 'Sign in with your own password or passkey',
    detail:
      "This session began at your company's provider. What you keep when you leave the company is not the provider's to change: sign out, and sign in by yourself.",
  },
  'provider-refused': {
    status: 403,
    title: "The provider's sign-in is not accepted",
    detail: 'Begin again. If that does not help, ask whoever administers single sign-on in your company.',
  },
  'provider-not-found': {
    status: 404,
    title: 'No company signs in under this name',
    detail: 'Check the name. Who administers the portal in your company knows it.',
  },
  'provider-failed': {
    status: 409,
    title: 'The sign-in provider cannot be used',
    detail: 'It did not answer as it should. Try again, or check its settings.',
  },
  'provider-name-taken': {
    status: 409,
    title: 'Another company signs in under this name',
    detail: 'Choose another name.',
  },
  'provider-one-factor': {
    status: 409,
    title: 'The company requires two factors',
    detail: 'Let the provider count as two factors, or do not require them.',
  },
} as const
