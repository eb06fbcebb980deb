import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { isLanguageChosenHere, showIn } from '../languages.ts'
import { OwnPages } from '../own-pages.tsx'
import { PortalFailed } from '../pages/page-failed.tsx'
import { PageNotFound } from '../pages/page-not-found.tsx'
import { paths } from '../paths.ts'
import { isMemberSession, sessionQuery } from '../session.ts'
import { language } from '../texts/language.ts'

export const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  notFoundComponent: PageNotFound,
  errorComponent: PortalFailed,
})

/** Everything behind the sign-in: without a session, off to it, and back to here afterwards. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) {
      throw redirect({ to: paths.signIn, search: location.pathname === paths.home ? {} : { from: location.href } })
    }
    if (session.language && session.language !== language && !isLanguageChosenHere()) {
      // The page is left for the one that is made for that language.
      showIn(session.language)
      await new Promise(() => {})
    }
    if (!isMemberSession(session)) {
      throw redirect({ to: paths.noCompany })
    }
    if (session.singleSignOn?.needed && location.pathname !== paths.account) {
      throw redirect({ to: paths.companySignIn, search: { from: location.href } })
    }
    if (session.twoFactorNeeded && location.pathname !== paths.account) {
      throw redirect({ to: paths.account })
    }
    return { session }
  },
  component: lazyRouteComponent(() => import('../portal.tsx'), 'Portal'),
  notFoundComponent: PageNotFound,
})

/** Pages that a kind of company has, or has not. */
export const own = createRoute({
  getParentRoute: () => signedIn,
  id: 'own',
  component: OwnPages,
})

/** What a page of filters is asked for: it checks that itself. */
export function asItIs(search: Record<string, unknown>): Record<string, unknown> {
  return search
}
