import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Member, problemText } from '../../client.ts'
import { portalTexts } from '../../texts/portal.ts'
import { usersTexts as texts } from '../../texts/users.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { membersQuery } from '../../users.ts'

/** The button that takes a member out of the company, with the question that says what ends and what stays. */
export function RemoveMember({ member }: { member: Member }) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const removal = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/members/{memberId}', { params: { path: { memberId: member.id } } })),
    onSuccess: async () => {
      close()
      notifyDone(texts.removed(member.name))
      await queryClient.invalidateQueries({ queryKey: membersQuery.queryKey })
    },
  })
  return (
    <>
      <RowButton danger label={texts.removeNamed(member.name)} onClick={open}>
        {texts.remove}
      </RowButton>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.removeTitle(member.name)}
        confirmText={texts.removeConfirm}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={removal.isPending}
        problem={removal.error ? problemText(removal.error) : undefined}
        onConfirm={() => removal.mutate()}
      >
        <p>{texts.removeEnds}</p>
        <p>{texts.removeKeeps}</p>
        <p>{texts.removeBack}</p>
      </Confirm>
    </>
  )
}
