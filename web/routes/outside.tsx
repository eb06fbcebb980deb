import type { QueryClient } from '@tanstack/react-query'
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { ownPath, paths } from '../paths.ts'
import { isMemberSession, sessionQuery } from '../session.ts'
import { root } from './frame.tsx'

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
  component: lazyRouteComponent(() => import('../pages/sign-in.tsx'), 'SignInPage'),
})

const companySignIn = createRoute({
  getParentRoute: () => root,
  path: paths.companySignIn,
  validateSearch: (search): { name?: string; from?: string } => {
    const from = ownPath(search.from)
    return { ...(typeof search.name === 'string' ? { name: search.name } : {}), ...(from ? { from } : {}) }
  },
  component: lazyRouteComponent(() => import('../pages/company-sign-in.tsx'), 'CompanySignInPage'),
})

const signInReturn = createRoute({
  getParentRoute: () => root,
  path: paths.signInReturn,
  component: lazyRouteComponent(() => import('../pages/sign-in-return.tsx'), 'SignInReturnPage'),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: paths.setUp,
  component: lazyRouteComponent(() => import('../pages/set-up.tsx'), 'SetUpPage'),
})

const welcome = createRoute({
  getParentRoute: () => root,
  path: paths.welcome,
  component: lazyRouteComponent(() => import('../pages/welcome.tsx'), 'WelcomePage'),
})

const join = createRoute({
  getParentRoute: () => root,
  path: paths.join,
  component: lazyRouteComponent(() => import('../pages/join.tsx'), 'JoinPage'),
})

/** For those who have an account and belong to no company. */
async function onlyWithoutCompany({ context }: { context: { queryClient: QueryClient } }): Promise<void> {
  const session = await context.queryClient.ensureQueryData(sessionQuery)
  if (!session || isMemberSession(session)) {
    throw redirect({ to: session ? paths.home : paths.signIn })
  }
}

const noCompany = createRoute({
  getParentRoute: () => root,
  path: paths.noCompany,
  beforeLoad: onlyWithoutCompany,
  component: lazyRouteComponent(() => import('../pages/no-company.tsx'), 'NoCompanyPage'),
})

const accountAlone = createRoute({
  getParentRoute: () => root,
  path: paths.accountAlone,
  beforeLoad: onlyWithoutCompany,
  component: lazyRouteComponent(() => import('../pages/account-alone.tsx'), 'AccountAlonePage'),
})

const register = createRoute({
  getParentRoute: () => root,
  path: paths.register,
  component: lazyRouteComponent(() => import('../pages/register.tsx'), 'RegisterPage'),
})

const verify = createRoute({
  getParentRoute: () => root,
  path: paths.verify,
  component: lazyRouteComponent(() => import('../pages/verify.tsx'), 'VerifyPage'),
})

const forgot = createRoute({
  getParentRoute: () => root,
  path: paths.forgot,
  component: lazyRouteComponent(() => import('../pages/forgot.tsx'), 'ForgotPage'),
})

const reset = createRoute({
  getParentRoute: () => root,
  path: paths.reset,
  component: lazyRouteComponent(() => import('../pages/reset.tsx'), 'ResetPage'),
})

const newAddress = createRoute({
  getParentRoute: () => root,
  path: paths.newAddress,
  component: lazyRouteComponent(() => import('../pages/new-address.tsx'), 'NewAddressPage'),
})

const stopAlarmMails = createRoute({
  getParentRoute: () => root,
  path: paths.stopAlarmMails,
  component: lazyRouteComponent(() => import('../pages/stop-alarm-mails.tsx'), 'StopAlarmMailsPage'),
})

const reportKey = createRoute({
  getParentRoute: () => root,
  path: paths.reportKey,
  component: lazyRouteComponent(() => import('../pages/report-key.tsx'), 'ReportKeyPage'),
})

/** What is open without a session, or without a company. */
export const outside = [
  signIn,
  companySignIn,
  signInReturn,
  setUp,
  welcome,
  join,
  noCompany,
  accountAlone,
  register,
  verify,
  forgot,
  reset,
  newAddress,
  reportKey,
  stopAlarmMails,
] as const
