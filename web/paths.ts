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
  sensors: '/sensors',
  alarms: '/alarms',
  alarm: '/alarms/$alarmId',
  devices: '/devices',
  device: '/devices/$deviceId',
  customers: '/customers',
  customer: '/customers/$organizationId',
  customerDevices: '/customers/$organizationId/devices',
  customerDevice: '/customers/$organizationId/devices/$deviceId',
  customerSensors: '/customers/$organizationId/sensors',
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
  connections: '/connections',
  company: '/companies/$companyId',
} as const

export type CompanyKind = 'vendor' | 'partner' | 'customer' | 'demo'

type Section = (typeof paths)['overview' | 'inventory' | 'sensors' | 'alarms' | 'customers' | 'companies' | 'connections']
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
    sections: [paths.companies, paths.connections],
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
    sections: [paths.overview, paths.inventory, paths.sensors, paths.alarms],
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

/** For whom pages are shown; `visit`: by the vendor, who views them. */
export interface Viewer {
  company: { kind: CompanyKind }
  visit?: object | undefined
}

/** Of a customer's, what shows device data, and what only changes things: the vendor does not view it. */
const unviewed: readonly string[] = [paths.inventory, paths.sensors, paths.alarms, paths.companyData]

/** What is in the navigation for whoever is signed in. */
export function navigationOf({ company: { kind }, visit }: Viewer): (typeof navigation)[CompanyKind] {
  const { sections, administration } = navigation[kind]
  if (!visit) return navigation[kind]
  const isViewed = (path: string) => !unviewed.includes(path) && (kind !== 'customer' || path !== paths.overview)
  return { sections: sections.filter(isViewed), administration: administration.filter(isViewed) }
}

/** The first page of whoever is signed in. */
export function arrivalOf(viewer: Viewer): Section | AdministrationSection | undefined {
  const { sections, administration } = navigationOf(viewer)
  return sections[0] ?? administration[0]
}

/** Pages that stand under no path of the navigation, by the one that they belong to. */
const below: Partial<Record<Section, string>> = { [paths.inventory]: paths.devices }

/** Whether a page at this path is one of theirs. */
export function isPageOf(viewer: Viewer, pathname: string): boolean {
  const { sections, administration } = navigationOf(viewer)
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
