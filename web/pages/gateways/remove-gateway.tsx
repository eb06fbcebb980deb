import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answer, api, type Gateway, problemText } from '../../client.ts'
import { actingFor } from '../../gateways.ts'
import { useMayChange } from '../../session.ts'
import { gatewaysTexts as texts } from '../../texts/gateways.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'

/** The button that ends a gateway's token, with the question that says what stays. */
export function RemoveGateway({ gateway }: { gateway: Gateway }) {
  const [asking, { open, close }] = useDisclosure(false)
  const { organizationId } = useParams({ strict: false })
  const queryClient = useQueryClient()
  const removal = useMutation({
    mutationFn: () => {
      const params = { path: { gatewayId: gateway.id }, ...actingFor(organizationId) }
      return answer(api.DELETE('/api/v1/gateways/{gatewayId}', { params }))
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['gateways'] })
      close()
      notifyDone(texts.removed(gateway.name))
    },
  })
  if (!useMayChange()) {
    return null
  }
  return (
    <>
      <RowButton danger label={texts.removeNamed(gateway.name)} onClick={open}>
        {texts.remove}
      </RowButton>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.removeTitle(gateway.name)}
        confirmText={texts.removeConfirm}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={removal.isPending}
        problem={removal.error ? problemText(removal.error) : undefined}
        onConfirm={() => removal.mutate()}
      >
        <p>{texts.removeText}</p>
        <p>{texts.removeKept}</p>
      </Confirm>
    </>
  )
}
