import { Anchor, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ListedReceipt, problemText } from '../../client.ts'
import { receiptsQuery } from '../../partners.ts'
import { receiptTexts as texts } from '../../texts/consent.ts'
import { portalTexts } from '../../texts/portal.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { Moment } from '../../ui/time.tsx'
import { dateOf, dayOf } from '../../ui/times.ts'

const column = columnsOf<ListedReceipt>()
const columns = column.columns([
  column.accessor('at', {
    header: texts.columns.at,
    sortFn: 'basic',
    meta: { heads: true },
    cell: ({ getValue }) => <Moment at={getValue()} />,
  }),
  column.accessor(({ event }) => texts.events[event], { id: 'event', header: texts.columns.event, sortFn: 'text' }),
  column.accessor(({ partner }) => partner.name, { id: 'partner', header: texts.columns.partner, sortFn: 'text' }),
  column.accessor(({ by }) => by ?? texts.nobody, { id: 'by', header: texts.columns.by, sortFn: 'text' }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row: { original } }) => <Links receipt={original} />,
  }),
])

function Links({ receipt: { id, event, at } }: { receipt: ListedReceipt }) {
  const what = `${texts.events[event]}, ${dateOf(at)}`
  const href = `/api/v1/consent-receipts/${id}`
  return (
    <Group gap="sm" justify="flex-end" wrap="nowrap">
      <Anchor href={`${href}/text`} target="_blank" rel="noreferrer" size="sm" aria-label={texts.openNamed(what)}>
        {texts.open}
      </Anchor>
      <Anchor href={href} download={texts.file(dayOf(at), event)} size="sm" aria-label={texts.downloadNamed(what)}>
        {texts.download}
      </Anchor>
    </Group>
  )
}

/** What became of the customer's consents, or of one customer's to the partner that looks, to open and to download. */
export function Receipts({ customerId }: { customerId?: string }) {
  const receipts = useQuery(receiptsQuery)
  return (
    <Section title={texts.title} lead={customerId === undefined ? texts.lead : texts.leadOfPartner}>
      <Loaded query={receipts} problemText={problemText}>
        {(data) => {
          const rows = data.receipts.filter(({ customer }) => customerId === undefined || customer.id === customerId)
          return rows.length === 0 ? (
            <p>{texts.empty}</p>
          ) : (
            <DataTable label={texts.table} columns={columns} rows={rows} rowId={({ id }) => id} moreText={portalTexts.more} />
          )
        }}
      </Loaded>
    </Section>
  )
}
