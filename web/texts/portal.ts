import { paths } from '../paths.ts'
import { locale } from './language.ts'

/** What stands around every page, and what many pages say. */
export const portalTexts = {
  skip: 'Skip to content',
  openNavigation: 'Open navigation',
  navigation: 'Main',
  administration: 'Administration',
  notices: 'Notices',
  pages: {
    [paths.overview]: 'Overview',
    [paths.inventory]: 'Inventory',
    [paths.sensors]: 'Sensors',
    [paths.alarms]: 'Alarms',
    [paths.customers]: 'Customers',
    [paths.companies]: 'Companies',
    [paths.connections]: 'Connections',
    [paths.keys]: 'API',
    [paths.webhooks]: 'Webhooks',
    [paths.subscriptions]: 'Subscriptions',
    [paths.gateways]: 'Gateways',
    [paths.accessHistory]: 'Access history',
    [paths.activity]: 'Activity',
    [paths.licenceKeys]: 'Licence keys',
    [paths.mails]: 'Mail',
    [paths.companyData]: 'Company data',
    [paths.users]: 'Users',
    [paths.settings]: 'Settings',
    [paths.system]: 'System',
    [paths.signInSettings]: 'Sign-in',
  },
  invite: 'Invite a co-worker',
  accountMenu: 'account menu',
  docs: 'Documentation',
  account: 'Your account',
  signOut: 'Sign out',
  signedInAs: (email: string) => `Signed in as ${email}`,
  scheme: 'Appearance',
  schemes: { auto: 'System', light: 'Light', dark: 'Dark' },
  language: 'Language',
  loading: 'Loading…',
  tryAgain: 'Try again',
  requestId: (id: string) => `Request id: ${id}`,
  toClipboard: (label: string) => `${label}: to clipboard`,
  soon: 'in a moment',
  justNow: 'just now',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  saved: 'Saved',
  saving: 'Saving…',
  copy: 'Copy',
  copied: 'Copied',
  search: 'Search',
  searchKeys: 'Ctrl K',
  never: 'Never',
  more: (shown: number, all: number) => ({ count: `${shown} of ${all} shown`, more: 'Show 100 more' }),
  onlyAdministrators: 'Only administrators of your company can change this.',
  onlyAdministratorsSee: 'Only administrators of your company can see this.',
  notFound: {
    title: 'Page not found',
    text: 'There is no page at this address. It may have moved, or belong to another account.',
    home: 'Go to the first page',
  },
  failed: 'Something went wrong',
  nothing: {
    title: 'Nothing to do here',
    text: 'The demo company has no pages of its own. Its data is read with demo keys.',
  },
}

/** Words for the kinds of company. */
export const companyKindTexts = { vendor: 'Vendor', partner: 'Partner', customer: 'Customer', demo: 'Demo' }

/** Words for what a person may do. */
export const roleTexts = { administrator: 'Administrator', operator: 'Operator', editor: 'Editor', viewer: 'Viewer' }

/** "a, b and c" */
export function inWords(parts: string[]): string {
  return new Intl.ListFormat(locale).format(parts)
}
