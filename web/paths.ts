/** Where each page is. */
export const paths = {
  home: '/',
  signIn: '/sign-in',
  companySignIn: '/sign-in/company',
  signInReturn: '/sign-in/return',
  setUp: '/setup',
  welcome: '/welcome',
  join: '/join',
  noCompany: '/no-company',
  accountAlone: '/no-company/account',
  register: '/register',
  verify: '/verify',
  forgot: '/forgot',
  reset: '/reset',
  newAddress: '/new-address',
  reportKey: '/report-key',
  stopAlarmMails: '/stop-alarm-mails',
  account: '/account',
  overview: '/overview',
  inventory: '/inventory',
  alarms: '/alarms',
  alarm: '/alarms/$alarmId',
  devices: '/devices',
  device: '/devices/$deviceId',
  customers: '/customers',
  customer: '/customers/$organizationId',
  customerDevices: '/customers/$organizationId/devices',
  customerDevice: '/customers/$organizationId/devices/$deviceId',
  customerAlarms: '/customers/$organizationId/alarms',
  customerAlarm: '/customers/$organizationId/alarms/$alarmId',
  customerGateways: '/customers/$organizationId/gateways',
  administration: '/administration',
  keys: '/administration/api',
  key: '/administration/api/$keyId',
  webhooks: '/administration/webhooks',
  webhook: '/administration/webhooks/$webhookId',
  subscriptions: '/administration/subscriptions',
  gateways: '/administration/gateways',
  accessHistory: '/administration/access-history',
  activity: '/administration/activity',
  mails: '/administration/mail',
  mail: '/administration/mail/$mailId',
  licenceKeys: '/administration/licence-keys',
  companyData: '/administration/company-data',
  users: '/administration/users',
  settings: '/administration/settings',
  system: '/administration/system',
  signInSettings: '/administration/sign-in',
  companies: '/companies',
  company: '/companies/$companyId',
} as const

export type CompanyKind = 'vendor' | 'partner' | 'customer' | 'demo'

type Section = (typeof paths)['overview' | 'inventory' | 'alarms' | 'customers' | 'companies']
type AdministrationSection = (typeof paths)[
  | 'keys'
  | 'webhooks'
  | 'subscriptions'
  | 'gateways'
  | 'accessHistory'
  | 'activity'
  | 'users'
  | 'signInSettings'
  | 'settings'
  | 'system'
  | 'mails'
  | 'licenceKeys'
  | 'companyData']

/** What each kind of company finds in its navigation, in order. */
export const navigation: Record<CompanyKind, { sections: Section[]; administration: AdministrationSection[] }> = {
  vendor: {
    sections: [paths.companies],
    administration: [
      paths.licenceKeys,
      paths.users,
      paths.signInSettings,
      paths.settings,
      paths.mails,
      paths.system,
      paths.activity,
      paths.companyData,
    ],
  },
  partner: {
    sections: [paths.overview, paths.customers],
    administration: [paths.keys, paths.webhooks, paths.users, paths.signInSettings, paths.activity, paths.companyData],
  },
  customer: {
    sections: [paths.overview, paths.inventory, paths.alarms],
    administration: [
      paths.subscriptions,
      paths.accessHistory,
      paths.keys,
      paths.webhooks,
      paths.gateways,
      paths.users,
      paths.signInSettings,
      paths.activity,
      paths.companyData,
    ],
  },
  demo: { sections: [], administration: [] },
}

/** The first page of a company of this kind. */
export function arrivalOf(kind: CompanyKind): Section | AdministrationSection | undefined {
  return navigation[kind].sections[0] ?? navigation[kind].administration[0]
}

/** Pages that stand under no path of the navigation, by the one that they belong to. */
const below: Partial<Record<Section, string>> = { [paths.inventory]: paths.devices }

/** Whether a page at this path is one of this kind of company's. */
export function isPageOf(kind: CompanyKind, pathname: string): boolean {
  const { sections, administration } = navigation[kind]
  const own: string[] = [...sections, ...administration, ...sections.flatMap((section) => below[section] ?? [])]
  return own.some((path) => pathname === path || pathname.startsWith(`${path}/`))
}

/** A path within the portal to go back to after signing in, or undefined where it would lead elsewhere. */
export function ownPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value, window.location.origin)) {
    return undefined
  }
  const url = new URL(value, window.location.origin)
  const own = url.origin === window.location.origin && value.startsWith('/') && !url.pathname.startsWith(paths.signIn)
  return own ? url.pathname + url.search + url.hash : undefined
}
