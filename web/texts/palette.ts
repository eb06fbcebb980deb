import { paths } from '../paths.ts'

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
  findSensor: (words: string) => `Find sensors: ${words}`,
  invite: 'Invite a co-worker',
  account: 'Your account',
  signOut: 'Sign out',
  scheme: { light: 'Appearance: light', dark: 'Appearance: dark', auto: 'Appearance: as the system' },
  language: (name: string) => `Language: ${name}`,
  /** Other words for what is on a page, and so ways to find it. */
  pageHints: {
    [paths.sensors]: 'Latest values: temperature, load, the highest and the lowest',
    [paths.keys]: 'Keys for programs',
    [paths.subscriptions]: 'Your partner: consent, allow or withdraw access; licence keys',
    [paths.accessHistory]: 'Who read what, and when',
    [paths.activity]: 'The record of acts: who did what',
    [paths.users]: 'Co-workers, invitations and roles',
    [paths.signInSettings]: 'Two-factor sign-in and single sign-on for all',
    [paths.companyData]: 'Export, and closing the company',
  } as Record<string, string>,
  hint: 'Up and down to choose, Enter to go, Esc to close',
}
