import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, problemText } from '../../client.ts'
import { portalTexts } from '../../texts/portal.ts'
import { providerTexts as texts } from '../../texts/single-sign-on.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'

/** The button that takes single sign-on away, with the question that says what ends. */
export function RemoveProvider() {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const removal = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/sign-in-provider')),
    onSuccess: async () => {
      close()
      notifyDone(texts.removed)
      await queryClient.resetQueries()
    },
  })
  return (
    <>
      <div>
        <Button variant="default" color="red" onClick={open}>
          {texts.remove}
        </Button>
      </div>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.removeTitle}
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
