import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type CustomerInvitation, problemText } from '../../client.ts'
import { customerInvitationsQuery } from '../../customers.ts'
import { useMayChange } from '../../session.ts'
import { pendingTexts as texts } from '../../texts/customer-invitations.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'

/** Sends an invitation again, or revokes it. */
export function InvitationActions({ invitation: { id, organizationName, email } }: { invitation: CustomerInvitation }) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const params = { path: { invitationId: id } }
  const readAgain = () => queryClient.invalidateQueries({ queryKey: customerInvitationsQuery.queryKey })
  const sending = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/customer-invitations/{invitationId}/sending', { params })),
    onSuccess: async () => {
      await readAgain()
      notifyDone(texts.resent(email))
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
  const revocation = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/customer-invitations/{invitationId}', { params })),
    onSuccess: async () => {
      close()
      notifyDone(texts.revoked(organizationName))
      await readAgain()
    },
  })
  if (!useMayChange()) {
    return null
  }
  return (
    <>
      <RowButton label={texts.resendTo(email)} onClick={() => !sending.isPending && sending.mutate()}>
        {texts.resend}
      </RowButton>
      <RowButton danger label={texts.revokeTo(email)} onClick={open}>
        {texts.revoke}
      </RowButton>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.revokeTitle(organizationName)}
        confirmText={texts.revokeConfirm}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={revocation.isPending}
        problem={revocation.error ? problemText(revocation.error) : undefined}
        onConfirm={() => revocation.mutate()}
      >
        <p>{texts.revokeText(email)}</p>
      </Confirm>
    </>
  )
}
