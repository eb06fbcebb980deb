import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Partner } from '../../client.ts'
import { partnersQuery } from '../../partners.ts'
import { consentTexts } from '../../texts/consent.ts'
import { type Limits, limitsBody } from './limits.ts'

/** What the person wants: to allow access, with limits where they were changed; to change the limits; or to withdraw. */
type Wanted = { wanted: 'allow' | 'limits'; limits: Limits | undefined } | { wanted: 'withdraw' }

export function useSaveConsent({ partnershipId, consent }: Partner, onSaved: () => void) {
  const queryClient = useQueryClient()
  const params = { path: { partnershipId } }
  // Receipts too, which stand under the partners' key.
  const readAgain = () => queryClient.invalidateQueries({ queryKey: partnersQuery.queryKey })
  return useMutation({
    mutationFn: async (wanted: Wanted) => {
      if (wanted.wanted === 'withdraw') {
        await answer(api.DELETE('/api/v1/partnerships/{partnershipId}/consent', { params }))
        return
      }
      const body = { ...(wanted.limits && limitsBody(wanted.limits, consent)), textVersion: consentTexts.version }
      await answer(api.PUT('/api/v1/partnerships/{partnershipId}/consent', { params, body }))
    },
    // Pending until the list has been read again: what is shown as saved is what the server says.
    onSuccess: async () => {
      await readAgain()
      onSaved()
    },
    onError: readAgain,
  })
}
