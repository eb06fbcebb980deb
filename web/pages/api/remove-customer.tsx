import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Key, problemText } from '../../client.ts'
import { keysQuery } from '../../keys.ts'
import { useMayChange } from '../../session.ts'
import { keyTexts as texts } from '../../texts/keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { keySet } from './key-set.ts'

/** The button that takes a customer out of a key's set. */
export function RemoveCustomer({
  narrowed: key,
  customer,
}: {
  narrowed: Key
  customer: { organizationId: string; label: string }
}) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const removal = useMutation({
    mutationFn: () => {
      const kept = keySet(key)
        .map(({ organizationId }) => organizationId)
        .filter((id) => id !== customer.organizationId)
      return answer(api.PATCH('/api/v1/keys/{keyId}', { params: { path: { keyId: key.id } }, body: { organizationIds: kept } }))
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keysQuery.queryKey })
      close()
      notifyDone(texts.removed(customer.label))
    },
  })
  if (!useMayChange()) {
    return null
  }
  return (
    <>
      <RowButton danger label={texts.removeNamed(customer.label)} onClick={open}>
        {texts.remove}
      </RowButton>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.removeTitle(customer.label)}
        confirmText={texts.remove}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={removal.isPending}
        problem={removal.error ? problemText(removal.error) : undefined}
        onConfirm={() => removal.mutate()}
      >
        <p>{texts.removeText}</p>
      </Confirm>
    </>
  )
}
