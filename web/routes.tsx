import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { OwnPages } from './own-pages.tsx'
import { PortalFailed } from './pages/page-failed.tsx'
import { PageNotFound } from './pages/page-not-found.tsx'
import { arrivalOf, navigation, ownPath, paths } from './paths.ts'
import { isMemberSession, sessionQuery } from './session.ts'

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  notFoundComponent: PageNotFound,
  errorComponent: PortalFailed,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: paths.signIn,
  validateSearch: (search): { from?: string; ended?: true } => {
    const from = ownPath(search.from)
    return { ...(from ? { from } : {}), ...(search.ended ? { ended: true } : {}) }
  },
  beforeLoad: async ({ context, search }) => {
    if (await context.queryClient.ensureQueryData(sessionQuery)) {
      throw redirect({ to: search.from ?? paths.home })
    }
  },
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: paths.setUp,
  component: lazyRouteComponent(() => import('./pages/set-up.tsx'), 'SetUpPage'),
})

const welcome = createRoute({
  getParentRoute: () => root,
  path: paths.welcome,
  component: lazyRouteComponent(() => import('./pages/welcome.tsx'), 'WelcomePage'),
})

const join = createRoute({
  getParentRoute: () => root,
  path: paths.join,
  component: lazyRouteComponent(() => import('./pages/join.tsx'), 'JoinPage'),
})

const noCompany = createRoute({
  getParentRoute: () => root,
  path: paths.noCompany,
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session || isMemberSession(session)) {
      throw redirect({ to: session ? paths.home : paths.signIn })
    }
  },
  component: lazyRouteComponent(() => import('./pages/no-company.tsx'), 'NoCompanyPage'),
})

const register = createRoute({
  getParentRoute: () => root,
  path: paths.register,
  component: lazyRouteComponent(() => import('./pages/register.tsx'), 'RegisterPage'),
})

const verify = createRoute({
  getParentRoute: () => root,
  path: paths.verify,
  component: lazyRouteComponent(() => import('./pages/verify.tsx'), 'VerifyPage'),
})

const forgot = createRoute({
  getParentRoute: () => root,
  path: paths.forgot,
  component: lazyRouteComponent(() => import('./pages/forgot.tsx'), 'ForgotPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: paths.reset,
  component: lazyRouteComponent(() => import('./pages/reset.tsx'), 'ResetPage'),
})

const newAddress = createRoute({
  getParentRoute: () => root,
  path: paths.newAddress,
  component: lazyRouteComponent(() => import('./pages/new-address.tsx'), 'NewAddressPage'),
})

/** Everything behind the sign-in: without a session, off to it, and back to here afterwards. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) {
      throw redirect({ to: paths.signIn, search: location.pathname === paths.home ? {} : { from: location.href } })
    }
    if (!isMemberSession(session)) {
      throw redirect({ to: paths.noCompany })
    }
    if (session.twoFactorNeeded && location.pathname !== paths.account) {
      throw redirect({ to: paths.account })
    }
    return { session }
  },
  component: lazyRouteComponent(() => import('./portal.tsx'), 'Portal'),
  notFoundComponent: PageNotFound,
})

const home = createRoute({
  getParentRoute: () => signedIn,
  path: paths.home,
  beforeLoad: ({ context }) => {
    const arrival = arrivalOf(context.session.company.kind)
    if (arrival) {
      throw redirect({ to: arrival, replace: true })
    }
  },
  component: lazyRouteComponent(() => import('./pages/nothing-here.tsx'), 'NothingHerePage'),
})

const administration = createRoute({
  getParentRoute: () => signedIn,
  path: paths.administration,
  beforeLoad: ({ context }) => {
    throw redirect({ to: navigation[context.session.company.kind].administration[0] ?? paths.home, replace: true })
  },
})

const own = createRoute({
  getParentRoute: () => signedIn,
  id: 'own',
  component: OwnPages,
})

const unknown = createRoute({
  getParentRoute: () => signedIn,
  path: '$',
  component: PageNotFound,
})

const customers = createRoute({
  getParentRoute: () => own,
  path: paths.customers,
  component: lazyRouteComponent(() => import('./pages/customers.tsx'), 'CustomersPage'),
})

const devices = createRoute({
  getParentRoute: () => own,
  path: paths.devices,
  component: lazyRouteComponent(() => import('./pages/devices.tsx'), 'DevicesPage'),
})

const device = createRoute({
  getParentRoute: () => own,
  path: paths.device,
  component: lazyRouteComponent(() => import('./pages/device.tsx'), 'DevicePage'),
})

const customerDevices = createRoute({
  getParentRoute: () => own,
  path: paths.customerDevices,
  component: lazyRouteComponent(() => import('./pages/devices.tsx'), 'DevicesPage'),
})

const customerDevice = createRoute({
  getParentRoute: () => own,
  path: paths.customerDevice,
  component: lazyRouteComponent(() => import('./pages/device.tsx'), 'DevicePage'),
})

const customerGateways = createRoute({
  getParentRoute: () => own,
  path: paths.customerGateways,
  component: lazyRouteComponent(() => import('./pages/gateways.tsx'), 'GatewaysPage'),
})

const keys = createRoute({
  getParentRoute: () => own,
  path: paths.keys,
  component: lazyRouteComponent(() => import('./pages/api.tsx'), 'ApiPage'),
})

const key = createRoute({
  getParentRoute: () => own,
  path: paths.key,
  component: lazyRouteComponent(() => import('./pages/key.tsx'), 'KeyPage'),
})

const subscriptions = createRoute({
  getParentRoute: () => own,
  path: paths.subscriptions,
  component: lazyRouteComponent(() => import('./pages/subscriptions.tsx'), 'SubscriptionsPage'),
})

const gateways = createRoute({
  getParentRoute: () => own,
  path: paths.gateways,
  component: lazyRouteComponent(() => import('./pages/gateways.tsx'), 'GatewaysPage'),
})

const mails = createRoute({
  getParentRoute: () => own,
  path: paths.mails,
  component: lazyRouteComponent(() => import('./pages/mails.tsx'), 'MailsPage'),
})

const mail = createRoute({
  getParentRoute: () => own,
  path: paths.mail,
  component: lazyRouteComponent(() => import('./pages/mail.tsx'), 'MailPage'),
})

const companyData = createRoute({
  getParentRoute: () => own,
  path: paths.companyData,
  component: lazyRouteComponent(() => import('./pages/company-data.tsx'), 'CompanyDataPage'),
})

const users = createRoute({
  getParentRoute: () => own,
  path: paths.users,
  component: lazyRouteComponent(() => import('./pages/users.tsx'), 'UsersPage'),
})

const system = createRoute({
  getParentRoute: () => own,
  path: paths.system,
  component: lazyRouteComponent(() => import('./pages/system.tsx'), 'SystemPage'),
})

const settings = createRoute({
  getParentRoute: () => own,
  path: paths.settings,
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
})

const account = createRoute({
  getParentRoute: () => signedIn,
  path: paths.account,
  component: lazyRouteComponent(() => import('./pages/account.tsx'), 'AccountPage'),
})

const signInSettings = createRoute({
  getParentRoute: () => own,
  path: paths.signInSettings,
  component: lazyRouteComponent(() => import('./pages/sign-in-settings.tsx'), 'SignInSettingsPage'),
})

const companies = createRoute({
  getParentRoute: () => own,
  path: paths.companies,
  component: lazyRouteComponent(() => import('./pages/companies.tsx'), 'CompaniesPage'),
})

const company = createRoute({
  getParentRoute: () => own,
  path: paths.company,
  component: lazyRouteComponent(() => import('./pages/company.tsx'), 'CompanyPage'),
})

export const routeTree = root.addChildren([
  signIn,
  setUp,
  welcome,
  join,
  noCompany,
  register,
  verify,
  forgot,
  reset,
  newAddress,
  signedIn.addChildren([
    home,
    account,
    administration,
    unknown,
    own.addChildren([
      devices,
      device,
      customers,
      customerDevices,
      customerDevice,
      customerGateways,
      keys,
      key,
      subscriptions,
      gateways,
      mails,
      mail,
      companyData,
      users,
      settings,
      system,
      signInSettings,
      companies,
      company,
    ]),
  ]),
])
