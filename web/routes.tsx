import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { PageNotFound } from './pages/page-not-found.tsx'
import { arrivalOf, navigationOf, paths } from './paths.ts'
import { asItIs, own, root, signedIn } from './routes/frame.tsx'
import { outside } from './routes/outside.tsx'
import { sites } from './routes/sites.tsx'

const home = createRoute({
  getParentRoute: () => signedIn,
  path: paths.home,
  beforeLoad: ({ context }) => {
    const arrival = arrivalOf(context.session)
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
    throw redirect({ to: navigationOf(context.session).administration[0] ?? paths.home, replace: true })
  },
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

const customer = createRoute({
  getParentRoute: () => own,
  path: paths.customer,
  component: lazyRouteComponent(() => import('./pages/customer.tsx'), 'CustomerPage'),
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

const webhooks = createRoute({
  getParentRoute: () => own,
  path: paths.webhooks,
  component: lazyRouteComponent(() => import('./pages/webhooks.tsx'), 'WebhooksPage'),
})

const webhook = createRoute({
  getParentRoute: () => own,
  path: paths.webhook,
  component: lazyRouteComponent(() => import('./pages/webhook.tsx'), 'WebhookPage'),
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

const accessHistory = createRoute({
  getParentRoute: () => own,
  path: paths.accessHistory,
  validateSearch: asItIs,
  component: lazyRouteComponent(() => import('./pages/access-history.tsx'), 'AccessHistoryPage'),
})

const activity = createRoute({
  getParentRoute: () => own,
  path: paths.activity,
  validateSearch: asItIs,
  component: lazyRouteComponent(() => import('./pages/activity.tsx'), 'ActivityPage'),
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

const licenceKeys = createRoute({
  getParentRoute: () => own,
  path: paths.licenceKeys,
  component: lazyRouteComponent(() => import('./pages/licence-keys.tsx'), 'LicenceKeysPage'),
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

const connections = createRoute({
  getParentRoute: () => own,
  path: paths.connections,
  component: lazyRouteComponent(() => import('./pages/connections.tsx'), 'ConnectionsPage'),
})

const company = createRoute({
  getParentRoute: () => own,
  path: paths.company,
  component: lazyRouteComponent(() => import('./pages/company.tsx'), 'CompanyPage'),
})

export const routeTree = root.addChildren([
  ...outside,
  signedIn.addChildren([
    home,
    account,
    administration,
    unknown,
    own.addChildren([
      ...sites,
      customers,
      customer,
      customerGateways,
      keys,
      key,
      webhooks,
      webhook,
      subscriptions,
      gateways,
      accessHistory,
      activity,
      mails,
      mail,
      licenceKeys,
      companyData,
      users,
      settings,
      system,
      signInSettings,
      companies,
      connections,
      company,
    ]),
  ]),
])
