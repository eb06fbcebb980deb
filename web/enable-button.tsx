import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { problemText } from './client.ts'
import { portalTexts } from './texts/portal.ts'
import { Confirm } from './ui/dialog.tsx'
import { notifyDone, notifyProblem } from './ui/notify.ts'

interface EnableButtonProps {
  name: string
  enabled: boolean
  /** Enables or disables it, and lets the pages see that. */
  change: (enabled: boolean) => Promise<void>
  texts: {
    enable: string
    enabled: string
    disable: string
    disabled: string
    disableText: string
    disableTitle: (name: string) => string
  }
}

/** The button that disables something, after a question, or enables it again. */
export function EnableButton({ name, enabled, change, texts }: EnableButtonProps) {
  const [asking, { open, close }] = useDisclosure(false)
  const changing = useMutation({
    mutationFn: change,
    onSuccess: (_, became) => {
      close()
      notifyDone(became ? texts.enabled : texts.disabled)
    },
    onError: (error, became) => became && notifyProblem(problemText(error)),
  })
  return (
    <>
      {enabled ? (
        <Button variant="default" onClick={open}>
          {texts.disable}
        </Button>
      ) : (
        <Button variant="default" onClick={() => changing.mutate(true)} loading={changing.isPending}>
          {texts.enable}
        </Button>
      )}
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.disableTitle(name)}
        confirmText={texts.disable}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        pending={changing.isPending}
        problem={changing.error ? problemText(changing.error) : undefined}
        onConfirm={() => changing.mutate(false)}
      >
        <p>{texts.disableText}</p>
      </Confirm>
    </>
  )
}
