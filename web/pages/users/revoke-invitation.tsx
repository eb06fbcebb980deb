import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Invitation, problemText } from '../../client.ts'
import { portalTexts } from '../../texts/portal.ts'
import { usersTexts as texts } from '../../texts/users.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { invitationsQuery } from '../../users.ts'

/** The button that ends an invitation, with its question. */
export function RevokeInvitation({ invitation: { id, email } }: { invitation: Invitation }) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const revocation = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/invitations/{invitationId}', { params: { path: { invitationId: id } } })),
    onSuccess: async () => {
      close()
      notifyDone(texts.revoked(email))
      await queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey })
    },
  })
  return (
    <>
      <RowButton danger label={texts.revokeNamed(email)} onClick={open}>
        {texts.revoke}
      </RowButton>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.revokeTitle(email)}
        confirmText={texts.revokeConfirm}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={revocation.isPending}
        problem={revocation.error ? problemText(revocation.error) : undefined}
        onConfirm={() => revocation.mutate()}
      >
        <p>{texts.revokeText}</p>
      </Confirm>
    </>
  )
}
