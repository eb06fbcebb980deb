import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api, problemText } from '../../client.ts'
import { useMayChange } from '../../session.ts'
import { portalTexts } from '../../texts/portal.ts'
import { webhookTexts as texts } from '../../texts/webhooks.ts'
import { CopyIconButton } from '../../ui/copy.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'
import { Loaded } from '../../ui/query.tsx'
import { RowButton } from '../../ui/row-button.tsx'
import { Ago, Moment } from '../../ui/time.tsx'
import { deliveryQuery, type ListedDelivery } from '../../webhooks.ts'
import { Attempts } from './attempts.tsx'
import styles from './delivery-details.module.css'
import { DeliveryState } from './delivery-state.tsx'

/** The button that shows a delivery: what is sent, and what was answered to each attempt. */
export function DeliveryDetails({ delivery }: { delivery: ListedDelivery }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <RowButton label={texts.detailsOf(delivery.title)} onClick={open}>
        {texts.details}
      </RowButton>
      <Dialog opened={opened} onClose={close} title={texts.detailsTitle} closeText={portalTexts.close} size="52rem">
        <Details delivery={delivery} onClose={close} />
      </Dialog>
    </>
  )
}

function Details({ delivery, onClose }: { delivery: ListedDelivery; onClose: () => void }) {
  const details = useQuery(deliveryQuery(delivery.webhookId, delivery.id))
  const mayChange = useMayChange()
  const resend = useResending(delivery, onClose)
  return (
    <Loaded query={details} problemText={problemText}>
      {({ id, state, createdAt, nextAttemptAt, body, log }) => (
        <>
          <Facts
            facts={{
              [texts.columns.kind]: delivery.title,
              [texts.columns.customer]: delivery.customer || undefined,
              [texts.columns.state]: <DeliveryState state={state} />,
              [texts.columns.created]: <Moment at={createdAt} />,
              [texts.next]: nextAttemptAt && <Ago at={nextAttemptAt} />,
              [texts.id]: id,
            }}
          />
          <h3 className={styles.part}>
            {texts.sent}
            {body !== undefined && <CopyIconButton text={body} label={texts.copySent} texts={portalTexts} />}
          </h3>
          {body === undefined ? (
            <p>{texts.hidden}</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
            <section className={styles.body} tabIndex={0} aria-label={texts.sent}>
              {indented(body)}
            </section>
          )}
          <h3 className={styles.part}>{texts.attemptsOf}</h3>
          {log.length === 0 ? <p>{texts.noAttempt}</p> : <Attempts log={log} />}
          {mayChange && (state === 'failed' || state === 'delivered') && (
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

/** JSON as it is read most easily. Copied it is what was sent, byte by byte: that is what is signed. */
function indented(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2)
}

function useResending({ webhookId, id }: ListedDelivery, onDone: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/webhooks/{webhookId}/deliveries', { params: { path: { webhookId } }, body: { deliveryIds: [id] } }),
      ),
    onSuccess: async ({ resent }) => {
      onDone()
      notifyDone(texts.resent(resent))
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
}
