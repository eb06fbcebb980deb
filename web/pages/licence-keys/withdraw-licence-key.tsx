import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type LicenceKey, problemText } from '../../client.ts'
import { licenceKeysQuery } from '../../licence-keys.ts'
import { useMayChange } from '../../session.ts'
import { licenceKeysTexts as texts } from '../../texts/licence-keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'

/** The button that takes a licence key back before it is redeemed. */
export function WithdrawLicenceKey({ licenceKey: { id, prefix } }: { licenceKey: LicenceKey }) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const withdrawal = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/licence-keys/{licenceKeyId}', { params: { path: { licenceKeyId: id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: licenceKeysQuery.queryKey })
      close()
      notifyDone(texts.withdrawn)
    },
  })
  if (!useMayChange()) {
    return null
  }
  return (
    <>
      <RowButton danger label={texts.withdrawNamed(prefix)} onClick={open}>
        {texts.withdraw}
      </RowButton>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.withdrawTitle(prefix)}
        confirmText={texts.withdraw}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={withdrawal.isPending}
        problem={withdrawal.error ? problemText(withdrawal.error) : undefined}
        onConfirm={() => withdrawal.mutate()}
      >
        <p>{texts.withdrawText}</p>
      </Confirm>
    </>
  )
}
