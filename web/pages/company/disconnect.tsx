import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Partnership, problemText } from '../../client.ts'
import { partnershipsQuery } from '../../companies.ts'
import { useMayChange } from '../../session.ts'
import { partnershipTexts as texts } from '../../texts/companies.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'

/** The button that ends a connection, with the question that says what ends with it. */
export function Disconnect({ partnership: { id, customer, partner }, named }: { partnership: Partnership; named: string }) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const disconnection = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/partnerships/{partnershipId}', { params: { path: { partnershipId: id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: partnershipsQuery.queryKey })
      close()
      notifyDone(texts.disconnected)
    },
  })
  if (!useMayChange()) {
    return null
  }
  return (
    <>
      <RowButton danger label={texts.disconnectNamed(named)} onClick={open}>
        {texts.disconnect}
      </RowButton>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.disconnectTitle(customer.name, partner.name)}
        confirmText={texts.disconnect}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={disconnection.isPending}
        problem={disconnection.error ? problemText(disconnection.error) : undefined}
        onConfirm={() => disconnection.mutate()}
      >
        <p>{texts.disconnectText}</p>
      </Confirm>
    </>
  )
}
