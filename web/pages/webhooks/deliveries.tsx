import { Button, Group } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemText, type Webhook } from '../../client.ts'
import { customersQuery } from '../../customers.ts'
import { useMayChange, useSession } from '../../session.ts'
import { portalTexts } from '../../texts/portal.ts'
import { webhookTexts as texts } from '../../texts/webhooks.ts'
import { type Columns, columnsOf, DataTable } from '../../ui/data-table.tsx'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'
import { Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { Ago } from '../../ui/time.tsx'
import { type DeliveriesShown, deliveriesQuery, type ListedDelivery, resendAllFailed } from '../../webhooks.ts'
import { DeliveriesFilter } from './deliveries-filter.tsx'
import { DeliveryDetails } from './delivery-details.tsx'
import { DeliveryState } from './delivery-state.tsx'
import { kindName } from './kinds.ts'
import { ResendRange } from './resend-range.tsx'

const column = columnsOf<ListedDelivery>()
const customer = column.accessor('customer', { header: texts.columns.customer, sortFn: 'text' })
const columns = column.columns([
  column.accessor('title', { header: texts.columns.kind, sortFn: 'text', meta: { heads: true } }),
  customer,
  column.accessor(({ state }) => texts.states[state], {
    id: 'state',
    header: texts.columns.state,
    sortFn: 'text',
    cell: ({ row: { original } }) => <DeliveryState state={original.state} />,
  }),
  column.accessor('attempts', {
    header: texts.columns.attempts,
    sortFn: 'basic',
    cell: ({ getValue, row: { original } }) => <Tried count={getValue()} next={original.nextAttemptAt} />,
  }),
  column.accessor(
    ({ lastStatus, lastError, state }) => String(lastStatus ?? lastError ?? (state === 'waiting' ? texts.noAnswer : '')),
    {
      id: 'answer',
      header: texts.columns.answer,
      sortFn: 'text',
    },
  ),
  column.accessor('createdAt', {
    header: texts.columns.created,
    sortFn: 'basic',
    cell: ({ getValue }) => <Ago at={getValue()} />,
  }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row: { original } }) => <DeliveryDetails delivery={original} />,
  }),
])
const ownColumns: Columns<ListedDelivery> = columns.filter((one) => one !== customer)

/** How often it was tried, and when it is tried again. */
function Tried({ count, next }: { count: number; next: string | undefined }) {
  return (
    <span>
      {count}
      {count > 0 && next && (
        <>
          {texts.again} <Ago at={next} />
        </>
      )}
    </span>
  )
}

/** What was sent to a webhook, or is to be, and what became of it. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const [shown, setShown] = useState<DeliveriesShown>({})
  const deliveries = useInfiniteQuery(deliveriesQuery(webhook.id, shown))
  const mayChange = useMayChange()
  const { kind: company } = useSession().company
  const customers = useQuery({ ...customersQuery, enabled: company === 'partner' })
  const nameOf = (id: string) => customers.data?.customers.find(({ organizationId }) => organizationId === id)?.label ?? id
  return (
    <Section
      title={texts.deliveries}
      lead={mayChange && !webhook.enabled ? `${texts.deliveriesLead} ${texts.deliveriesDisabled}` : texts.deliveriesLead}
      action={
        mayChange &&
        webhook.enabled && (
          <Group gap="xs">
            {webhook.failed > 0 && <ResendFailed webhookId={webhook.id} />}
            <ResendRange webhookId={webhook.id} />
          </Group>
        )
      }
    >
      <DeliveriesFilter shown={shown} onChange={setShown} customers={customers.data?.customers} />
      <Loaded query={deliveries} problemText={problemText}>
        {({ pages }) => {
          const rows = pages
            .flatMap((page) => page.deliveries)
            .map((one) => ({
              ...one,
              // Of one that is disabled, nothing is tried.
              ...(webhook.enabled ? {} : { nextAttemptAt: undefined }),
              webhookId: webhook.id,
              title: kindName(one.kind, company),
              customer: company === 'partner' && one.organizationId ? nameOf(one.organizationId) : '',
            }))
          return rows.length === 0 ? (
            <p>{emptyText(shown, deliveries.hasNextPage)}</p>
          ) : (
            <DataTable
              label={texts.table}
              columns={company === 'partner' ? columns : ownColumns}
              rows={rows}
              rowId={({ id }) => id}
              moreText={portalTexts.more}
            />
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

/** What is said in place of a list: of what is rare, a part of the log may have been gone through. */
function emptyText(shown: DeliveriesShown, isMore: boolean): string {
  if (isMore) return texts.emptySoFar
  return Object.keys(shown).length === 0 ? texts.empty : texts.emptyOfState
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
