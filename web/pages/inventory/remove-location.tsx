import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, problemText, type TreeLocation } from '../../client.ts'
import { inventoryChanged } from '../../inventory.ts'
import { locationTexts as texts } from '../../texts/inventory.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'

/** The question before a location goes. */
export function RemoveLocation(props: { organizationId: string; location: TreeLocation; onClose: () => void }) {
  const { organizationId, location, onClose } = props
  const queryClient = useQueryClient()
  const removal = useMutation({
    mutationFn: () =>
      answer(
        api.DELETE('/api/v1/organizations/{organizationId}/locations/{locationId}', {
          params: { path: { organizationId, locationId: location.id } },
        }),
      ),
    onSuccess: async () => {
      await inventoryChanged(queryClient, organizationId)
      onClose()
      notifyDone(texts.removed(location.label))
    },
  })
  return (
    <Confirm
      opened
      onClose={onClose}
      title={texts.removeTitle(location.label)}
      confirmText={texts.removeConfirm}
      cancelText={portalTexts.cancel}
      closeText={portalTexts.close}
      danger
      pending={removal.isPending}
      problem={removal.error ? problemText(removal.error) : undefined}
      onConfirm={() => removal.mutate()}
    >
      <p>{texts.removeText}</p>
    </Confirm>
  )
}
