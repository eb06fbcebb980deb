import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { type Company, problemText, type Subscription } from '../../client.ts'
import { subscriptionsQuery } from '../../companies.ts'
import { useMayChange } from '../../session.ts'
import { vendorSubscriptionTexts as texts } from '../../texts/companies.ts'
import { redeemTexts } from '../../texts/licence-keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { subscriptionTexts } from '../../texts/subscriptions.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty, Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { type Mood, State } from '../../ui/state.tsx'
import { Day } from '../../ui/time.tsx'
import { EndSubscription } from './end-subscription.tsx'
import { ExtendSubscription } from './extend-subscription.tsx'
import { StartForm } from './start-form.tsx'

const RedeemLicenceKey = lazy(async () => ({
  default: (await import('../subscriptions/redeem-licence-key.tsx')).RedeemLicenceKey,
}))

const moods: Record<Subscription['state'], Mood> = { active: 'good', ended: 'idle', upcoming: 'idle' }

type Row = Subscription & { company: Company }

const column = columnsOf<Row>()
const columns = column.columns([
  column.accessor(({ kind }) => texts.kinds[kind], {
    id: 'kind',
    header: texts.columns.kind,
    sortFn: 'text',
    meta: { heads: true },
  }),
  column.accessor('state', {
    header: texts.columns.state,
    sortFn: 'text',
    cell: ({ row: { original } }) => (
      <State mood={moods[original.state]}>
        {subscriptionTexts.state[original.state]}
        {original.terminatedAt ? `, ${texts.terminated}` : original.canceledAt && `, ${texts.canceled}`}
      </State>
    ),
  }),
  column.accessor('startsAt', { header: texts.columns.starts, sortFn: 'basic', cell: ({ getValue }) => <Day at={getValue()} /> }),
  column.accessor('endsAt', { header: texts.columns.ends, sortFn: 'basic', cell: ({ getValue }) => <Day at={getValue()} /> }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row: { original } }) => original.state !== 'ended' && <Actions subscription={original} company={original.company} />,
  }),
])

/** A customer's subscriptions, with what the vendor can do about them. */
export function Subscriptions({ company }: { company: Company }) {
  const subscriptions = useQuery(subscriptionsQuery(company.id))
  const mayChange = useMayChange()
  const [starting, { open, close }] = useDisclosure(false)
  const [redeeming, redeem] = useDisclosure(false)
  return (
    <Section
      title={texts.title}
      lead={texts.lead}
      action={
        mayChange && (
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={redeem.open}>
              {redeemTexts.action}
            </Button>
            <Button variant="default" size="xs" onClick={open}>
              {texts.start}
            </Button>
          </Group>
        )
      }
    >
      <Suspense>{redeeming && <RedeemLicenceKey companyId={company.id} onClose={redeem.close} />}</Suspense>
      <Dialog opened={starting} onClose={close} title={texts.startTitle} closeText={portalTexts.close}>
        <StartForm companyId={company.id} onClose={close} />
      </Dialog>
      <Loaded query={subscriptions} problemText={problemText}>
        {(data) =>
          data.subscriptions.length === 0 ? (
            <Empty title={texts.empty.title}>{texts.empty.text}</Empty>
          ) : (
            <DataTable
              label={texts.table}
              columns={columns}
              rows={data.subscriptions.map((subscription) => ({ ...subscription, company }))}
              rowId={({ id }) => id}
              moreText={portalTexts.more}
            />
          )
        }
      </Loaded>
    </Section>
  )
}

function Actions({ subscription, company }: { subscription: Subscription; company: Company }) {
  if (!useMayChange()) {
    return null
  }
  return (
    <Group gap="xs" justify="flex-end">
      {!subscription.canceledAt && <ExtendSubscription subscription={subscription} />}
      {!subscription.canceledAt && <EndSubscription how="cancellation" subscription={subscription} company={company} />}
      <EndSubscription how="termination" subscription={subscription} company={company} />
    </Group>
  )
}
