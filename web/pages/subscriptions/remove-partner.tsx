import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Partner, problemText } from '../../client.ts'
import { partnersQuery } from '../../partners.ts'
import { useMayChange } from '../../session.ts'
import { removePartnerTexts as texts } from '../../texts/administrator-access.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'

/** The button that removes a partner, with the question that says all that ends. */
export function RemovePartner({ partner: { name, partnershipId } }: { partner: Partner }) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const removal = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/partnerships/{partnershipId}', { params: { path: { partnershipId } } })),
    onSuccess: async () => {
      close()
      notifyDone(texts.done(name))
      await queryClient.invalidateQueries({ queryKey: partnersQuery.queryKey })
    },
  })
  if (!useMayChange()) {
    return null
  }
  return (
    <>
      <Button variant="default" size="xs" onClick={open} aria-label={texts.removeNamed(name)}>
        {texts.remove}
      </Button>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.title(name)}
        confirmText={texts.remove}
        cancelText={texts.keep}
        closeText={portalTexts.close}
        danger
        pending={removal.isPending}
        problem={removal.error ? problemText(removal.error) : undefined}
        onConfirm={() => removal.mutate()}
      >
        <p>{texts.does(name)}</p>
        <p>{texts.cannot}</p>
      </Confirm>
    </>
  )
}
