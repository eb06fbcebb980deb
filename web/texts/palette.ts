export const paletteTexts = {
  title: 'Search and commands',
  placeholder: 'Where to, or what to do?',
  results: 'Results',
  none: 'Nothing matches.',
  kinds: {
    page: 'Page',
    action: 'Action',
    device: 'Device',
    location: 'Location',
    customer: 'Customer',
    company: 'Company',
  },
  invite: 'Invite a co-worker',
  account: 'Your account',
  signOut: 'Sign out',
  scheme: { light: 'Appearance: light', dark: 'Appearance: dark', auto: 'Appearance: as the system' },
  hint: 'Up and down to choose, Enter to go, Esc to close',
}
