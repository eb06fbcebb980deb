import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { problemText } from '../../client.ts'
import { countText } from '../../numbers.ts'
import { portalTexts } from '../../texts/portal.ts'
import { resendTexts as texts } from '../../texts/webhooks.ts'
import { Dialog, DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { type DeliveryRange, resendParts } from '../../webhooks.ts'
import { RangeForm } from './range-form.tsx'

/** How far a range has been sent again. */
interface Progress {
  range: DeliveryRange
  resent: number
  /** Behind which it goes on; undefined: from its beginning, or it has ended. */
  after: string | undefined
  ended: boolean
}

/** The button and dialog that send a range of deliveries again, part by part until its end, or until it is stopped. */
export function ResendRange({ webhookId }: { webhookId: string }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.open}
      </Button>
      {opened && <ResendDialog webhookId={webhookId} onClose={close} />}
    </>
  )
}

function ResendDialog({ webhookId, onClose }: { webhookId: string; onClose: () => void }) {
  const { progress, sending, stopping, stop } = useResending(webhookId)
  const send = (from: Progress) => sending.mutate(from)
  return (
    <Dialog
      opened
      // What is being sent is stopped first, and the dialog says how far it came.
      onClose={sending.isPending ? stop : onClose}
      title={texts.title}
      lightly={false}
      closeText={portalTexts.close}
    >
      {progress === undefined ? (
        <RangeForm onCancel={onClose} onRange={(range) => send({ range, resent: 0, after: undefined, ended: false })} />
      ) : (
        <>
          <p role="status">{sending.isPending ? texts.going(countText(progress.resent)) : outcomeOf(progress)}</p>
          <FormProblem problem={sending.error ? problemText(sending.error) : undefined} />
          <DialogButtons>
            {sending.isPending ? (
              <Button key="stop" variant="default" autoFocus onClick={stop} loading={stopping}>
                {texts.stop}
              </Button>
            ) : (
              <>
                {!progress.ended && (
                  <Button variant="default" onClick={() => send(progress)}>
                    {texts.goOn}
                  </Button>
                )}
                <Button key="close" onClick={onClose} autoFocus>
                  {portalTexts.close}
                </Button>
              </>
            )}
          </DialogButtons>
        </>
      )}
    </Dialog>
  )
}

function outcomeOf({ resent, ended }: Progress): string {
  return ended && resent === 0 ? texts.none : texts.went(countText(resent), ended)
}

/** Sends a range again, one request after the other. `stop` lets the present one end. */
function useResending(webhookId: string) {
  const queryClient = useQueryClient()
  const stopped = useRef(false)
  const [stopping, setStopping] = useState(false)
  const [progress, setProgress] = useState<Progress>()
  const sending = useMutation({
    mutationFn: async (begun: Progress) => {
      stopped.current = false
      setStopping(false)
      let now = begun
      setProgress(now)
      for await (const { resent, next } of resendParts(webhookId, begun.range, begun.after)) {
        now = { ...now, resent: now.resent + resent, after: next, ended: next === undefined }
        setProgress(now)
        if (stopped.current) {
          return
        }
      }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['webhooks'] }),
  })
  const stop = () => {
    stopped.current = true
    setStopping(true)
  }
  // Whoever leaves the page has nobody who could stop it.
  useEffect(
    () => () => {
      stopped.current = true
    },
    [],
  )
  return { progress, sending, stopping, stop }
}
