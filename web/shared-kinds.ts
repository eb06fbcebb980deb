import { useQuery } from '@tanstack/react-query'
import type { DataKinds } from './client.ts'
import { customerQuery } from './customers.ts'
import { useSession } from './session.ts'

/** Whether an organization's data of a kind are the reader's to see: one's own, or what a customer shares. What is not is not asked for, for each refusal stands in the customer's history. */
export function useIsShared(organizationId: string, kind: keyof DataKinds): boolean {
  const isOwn = useSession().company.id === organizationId
  const { data } = useQuery({ ...customerQuery(organizationId), enabled: !isOwn })
  return isOwn || (data?.state === 'valid' && data.kinds?.[kind] === true)
}
