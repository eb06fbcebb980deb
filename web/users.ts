import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'

/** The members of one's company. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: () => answer(api.GET('/api/v1/members')),
})

/** The company's invitations that are neither accepted nor revoked. */
export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => answer(api.GET('/api/v1/invitations')),
})
