import { Button, Group } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText, type Webhook, type WebhookDelivery } from '../../client.ts'
import { useMayChange, useSession } from '../../session.ts'
import { portalTexts } from '../../texts/portal.ts'
import { webhookTexts as texts } from '../../texts/webhooks.ts'
import { ListChoice } from '../../ui/choice.tsx'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'
import { Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { State } from '../../ui/state.tsx'
import { Ago } from '../../ui/time.tsx'
import { type DeliveryState, deliveriesQuery, resendAllFailed } from '../../webhooks.ts'
import { DeliveryDetails } from './delivery-details.tsx'
import { kindName } from './kinds.ts'
import { ResendRange } from './resend-range.tsx'

const moods = { waiting: 'idle', delivered: 'good', failed: 'bad', withheld: 'idle' } as const

/** A delivery with the webhook that it belongs to, for its row's buttons, and what it is called for who is signed in. */
type Row = WebhookDelivery & { webhookId: string; title: string }

const column = columnsOf<Row>()
const columns = column.columns([
  column.accessor('title', {
    header: texts.columns.kind,
    sortFn: 'text',
    meta: { heads: true },
  }),
  column.accessor(({ state }) => texts.states[state], {
    id: 'state',
    header: texts.columns.state,
    sortFn: 'text',
    cell: ({ row: { original } }) => <State mood={moods[original.state]}>{texts.states[original.state]}</State>,
  }),
  column.accessor('attempts', { header: texts.columns.attempts, sortFn: 'basic' }),
  column.accessor(({ lastStatus, lastError }) => String(lastStatus ?? lastError ?? texts.noAnswer), {
    id: 'answer',
    header: texts.columns.answer,
    sortFn: 'text',
  }),
  column.accessor('createdAt', {
    header: texts.columns.created,
    sortFn: 'basic',
    cell: ({ getValue }) => <Ago at={getValue()} />,
  }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row: { original } }) => (
      <DeliveryDetails webhookId={original.webhookId} title={original.title} delivery={original} />
    ),
  }),
])

/** What was sent to a webhook, or is to be, and what became of it. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const [state, setState] = useState<DeliveryState>()
  const deliveries = useInfiniteQuery(deliveriesQuery(webhook.id, state))
  const mayChange = useMayChange()
  const { kind: company } = useSession().company
  return (
    <Section
      title={texts.deliveries}
      lead={texts.deliveriesLead}
      action={
        <Group gap="xs">
          {mayChange && webhook.enabled && webhook.failed > 0 && <ResendFailed webhookId={webhook.id} />}
          {mayChange && webhook.enabled && <ResendRange webhookId={webhook.id} />}
          <ListChoice
            label={texts.show}
            options={[
              { value: '', label: texts.all },
              ...Object.entries(texts.states).map(([value, label]) => ({ value, label })),
            ]}
            value={state ?? ''}
            onChange={(value) => setState(value === '' ? undefined : (value as DeliveryState))}
          />
        </Group>
      }
    >
      <Loaded query={deliveries} problemText={problemText}>
        {({ pages }) => {
          const rows = pages
            .flatMap((page) => page.deliveries)
            .map((one) => ({ ...one, webhookId: webhook.id, title: kindName(one.kind, company) }))
          return rows.length === 0 ? (
            <p>{state === undefined ? texts.empty : texts.emptyOfState}</p>
          ) : (
            <DataTable label={texts.table} columns={columns} rows={rows} rowId={({ id }) => id} moreText={portalTexts.more} />
          )
        }}
      </Loaded>
      {deliveries.hasNextPage && (
        <Button variant="default" onClick={() => void deliveries.fetchNextPage()} loading={deliveries.isFetchingNextPage}>
          {texts.older}
        </Button>
      )}
    </Section>
  )
}

function ResendFailed({ webhookId }: { webhookId: string }) {
  const queryClient = useQueryClient()
  const resend = useMutation({
    mutationFn: () => resendAllFailed(webhookId),
    onSuccess: async (resent) => {
      notifyDone(texts.resent(resent))
      await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
  return (
    <Button variant="default" onClick={() => resend.mutate()} loading={resend.isPending}>
      {texts.resendFailed}
    </Button>
  )
}
