import { queryOptions } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ApiProblem, answer, api, type Role, type Session } from './client.ts'

/** Who is signed in, or null. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () =>
    answer(api.GET('/api/v1/session')).catch((error: unknown): Session | null => {
      if (error instanceof ApiProblem && error.status === 401) {
        return null
      }
      throw error
    }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The installation's name for the portal. */
export const portalQuery = queryOptions({
  queryKey: ['portal'],
  queryFn: () => answer(api.GET('/api/v1/portal')),
  staleTime: Number.POSITIVE_INFINITY,
})

/** The session of somebody who belongs to a company. */
export type MemberSession = Session & { company: NonNullable<Session['company']>; role: Role }

export function isMemberSession(session: Session): session is MemberSession {
  return session.company !== undefined && session.role !== undefined
}

const signedIn = getRouteApi('/signed-in')

/** The session of a page behind the sign-in. */
export function useSession(): MemberSession {
  return signedIn.useRouteContext().session
}

/** Whether the person may change things; others may read, and so does the vendor who views the company. */
export function useMayChange(): boolean {
  const { role, visit } = useSession()
  return role === 'administrator' && !visit
}

/** Whether the person sees what only administrators see. */
export function useMaySeeAll(): boolean {
  return useSession().role === 'administrator'
}

/** Whether the person may change names, notes and places of the organization's sites: an editor of the customer itself. */
export function useMayEdit(organizationId: string): boolean {
  const { company, role, visit } = useSession()
  return !visit && company.kind === 'customer' && company.id === organizationId && role !== 'viewer'
}
