import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './client.ts'

/** All licence keys, for the vendor. */
export const licenceKeysQuery = queryOptions({
  queryKey: ['licence-keys'],
  queryFn: () => answer(api.GET('/api/v1/licence-keys')),
})
