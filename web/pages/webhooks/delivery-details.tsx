import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api, problemText, type WebhookDelivery } from '../../client.ts'
import { useMayChange } from '../../session.ts'
import { portalTexts } from '../../texts/portal.ts'
import { webhookTexts as texts } from '../../texts/webhooks.ts'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'
import { Loaded } from '../../ui/query.tsx'
import { RowButton } from '../../ui/row-button.tsx'
import { Ago } from '../../ui/time.tsx'
import { deliveryQuery } from '../../webhooks.ts'
import styles from '../mail.module.css'

interface DeliveryProps {
  webhookId: string
  delivery: WebhookDelivery
}

/** The button that shows a delivery: what is sent, and what was answered to each attempt. */
export function DeliveryDetails({ webhookId, delivery, title }: DeliveryProps & { title: string }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <RowButton label={texts.detailsOf(title)} onClick={open}>
        {texts.details}
      </RowButton>
      <Dialog opened={opened} onClose={close} title={texts.detailsTitle} closeText={portalTexts.close} size="44rem">
        <Details webhookId={webhookId} delivery={delivery} onClose={close} />
      </Dialog>
    </>
  )
}

function Details({ webhookId, delivery, onClose }: DeliveryProps & { onClose: () => void }) {
  const details = useQuery(deliveryQuery(webhookId, delivery.id))
  const mayChange = useMayChange()
  const queryClient = useQueryClient()
  const resend = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/webhooks/{webhookId}/deliveries', {
          params: { path: { webhookId } },
          body: { deliveryIds: [delivery.id] },
        }),
      ),
    onSuccess: async ({ resent }) => {
      onClose()
      notifyDone(texts.resent(resent))
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
  const settled = delivery.state === 'failed' || delivery.state === 'delivered'
  return (
    <Loaded query={details} problemText={problemText}>
      {(data) => (
        <>
          <Facts
            facts={{
              [texts.id]: data.id,
              [texts.columns.state]: texts.states[data.state],
              [texts.sent]: data.body === undefined ? texts.hidden : <pre className={styles.text}>{data.body}</pre>,
              ...Object.fromEntries(
                data.log.map(({ at, number, status, error, answer: answered, tookMs }) => [
                  texts.attempt(number, tookMs),
                  <span key={at}>
                    <Ago at={at} />: {status ?? error} {answered}
                  </span>,
                ]),
              ),
            }}
          />
          {mayChange && settled && (
            <DialogButtons>
              <Button variant="default" onClick={() => resend.mutate()} loading={resend.isPending}>
                {texts.resend}
              </Button>
            </DialogButtons>
          )}
        </>
      )}
    </Loaded>
  )
}
