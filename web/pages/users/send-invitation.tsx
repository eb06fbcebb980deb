import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Invitation, problemText } from '../../client.ts'
import { usersTexts as texts } from '../../texts/users.ts'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { invitationsQuery } from '../../users.ts'

/** Approves an invitation that awaits it, or sends one again with a new link. */
export function SendInvitation({ invitation }: { invitation: Invitation }) {
  const { id, email, state } = invitation
  const waits = state === 'approval awaited'
  const params = { path: { invitationId: id } }
  const queryClient = useQueryClient()
  const send = useMutation({
    mutationFn: () =>
      answer(
        waits
          ? api.PUT('/api/v1/invitations/{invitationId}/approval', { params })
          : api.POST('/api/v1/invitations/{invitationId}/link', { params }),
      ),
    onSuccess: async () => {
      notifyDone(waits ? texts.approved(email) : texts.resent(email))
      await queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey })
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
  return (
    <RowButton label={waits ? texts.approveNamed(email) : texts.resendNamed(email)} onClick={() => send.mutate()}>
      {waits ? texts.approve : texts.resend}
    </RowButton>
  )
}
