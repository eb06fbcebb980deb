export const companySignInTexts = {
  title: 'Single sign-on',
  lead: 'You sign in at your company, and come back here.',
  needed: 'Your company requires you to sign in at its own provider. You come back here afterwards.',
  name: 'Your company’s sign-in name',
  nameHint: 'Whoever administers the portal in your company knows it.',
  mistake: 'Enter the name, such as north-bakery: letters, digits and single hyphens.',
  submit: 'Continue',
  account: 'Your own account',
}

export const accountWithoutProviderTexts = {
  title: 'Your company requires single sign-on',
  text: 'Until you sign in at its own provider you can do nothing here but manage your own account.',
  signIn: 'Sign in with single sign-on',
}

export const signInReturnTexts = {
  title: 'Signing in',
  again: 'Begin again',
}

export const confirmAtProviderTexts = {
  lead: 'You signed in a while ago, and this is worth asking again. Sign in at your company’s provider once more; you come back to this page, and what you have typed here is lost.',
  submit: 'Go to the provider',
}

export const providerTexts = {
  title: 'Single sign-on',
  lead: 'Members sign in at your company’s own provider (OpenID Connect). Whom it names by a verified email address is signed in as the member of your company who has that address, and nobody else.',
  none: 'Register this portal at your provider as a web application with a client secret, with both addresses below, then enter here what it was given.',
  redirectUri: 'Redirect URI',
  copy: { copy: 'Copy', copied: 'Copied' },
  copyRedirectUri: 'Copy the redirect URI',
  signOutUri: 'Sign-out URI',
  copySignOutUri: 'Copy the sign-out URI',
  name: 'Sign-in name',
  nameHint: 'What your people type to come to it, such as north-bakery. It is no secret.',
  issuer: 'Issuer',
  issuerHint: 'The provider’s address, such as https://login.example.com/realms/staff.',
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  secretKept: 'Leave it empty to keep the present one.',
  missing: 'Fill this in.',
  enabled: 'Members may sign in there',
  required: 'Members must sign in there',
  requiredHint: 'Whoever signs in otherwise can then do nothing but manage the own account.',
  exempt: 'Except this administrator',
  exemptHint: 'Who gets in when the provider fails. Without one, every administrator may sign in otherwise.',
  everyAdministrator: 'Every administrator',
  twoFactors: 'A sign-in there counts as two factors',
  twoFactorsHint: 'Tick this if the provider asks for a second factor itself.',
  saved: 'Single sign-on is set.',
  remove: 'Remove single sign-on',
  removeTitle: 'Remove single sign-on?',
  removeText:
    'Whoever signed in there is signed out, and signs in by password or passkey from then on. The client secret is forgotten.',
  removed: 'Single sign-on is removed.',
}

export const companySingleSignOnTexts = {
  title: 'Single sign-on',
  lead: 'Its people sign in at a provider of its own. Where that locks them out, turn it off: they sign in by password or passkey again, and its administrators are told.',
  name: 'Sign-in name',
  state: 'State',
  required: 'On, and required',
  on: 'On',
  off: 'Off',
  turnOff: 'Turn off',
  turnOffTitle: (name: string) => `Turn the single sign-on of ${name} off?`,
  turnOffText:
    'Whoever signed in there is signed out. The settings are kept, and an administrator of the company can turn it on again. Its administrators are told by mail.',
  turnedOff: 'Single sign-on is turned off.',
}
