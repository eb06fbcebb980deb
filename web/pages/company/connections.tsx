import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type Company, type Partnership, problemText } from '../../client.ts'
import { partnershipsQuery } from '../../companies.ts'
import { paths } from '../../paths.ts'
import { useMayChange } from '../../session.ts'
import { partnershipTexts as texts } from '../../texts/companies.ts'
import { portalTexts } from '../../texts/portal.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Empty, Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { State } from '../../ui/state.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { Day } from '../../ui/time.tsx'
import { ConnectForm } from './connect-form.tsx'
import { Disconnect } from './disconnect.tsx'

type Row = Partnership & { other: { id: string; name: string } }

const column = columnsOf<Row>()
const columns = column.columns([
  column.accessor(({ other }) => other.name, {
    id: 'name',
    header: texts.columns.name,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => (
      <TextLink to={paths.company} params={{ companyId: original.other.id }}>
        {original.other.name}
      </TextLink>
    ),
  }),
  column.accessor(({ consent }) => (consent ? texts.given : texts.notGiven), {
    id: 'consent',
    header: texts.columns.consent,
    sortFn: 'text',
    cell: ({ row: { original }, getValue }) => <State mood={original.consent ? 'good' : 'warn'}>{getValue()}</State>,
  }),
  column.accessor('connectedAt', {
    header: texts.columns.connected,
    sortFn: 'basic',
    cell: ({ getValue }) => <Day at={getValue()} />,
  }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row: { original } }) => <Disconnect partnership={original} named={original.other.name} />,
  }),
])

/** To whom a customer or partner is connected. */
export function Connections({ company, kind }: { company: Company; kind: 'customer' | 'partner' }) {
  const partnerships = useQuery(partnershipsQuery)
  const mayChange = useMayChange()
  const [connecting, { open, close }] = useDisclosure(false)
  return (
    <Section
      title={texts.title[kind]}
      lead={texts.lead[kind]}
      action={
        mayChange &&
        kind === 'customer' && (
          <Button variant="default" size="xs" onClick={open}>
            {texts.connect}
          </Button>
        )
      }
    >
      <Dialog opened={connecting} onClose={close} title={texts.connectTitle} closeText={portalTexts.close}>
        <ConnectForm customerId={company.id} onClose={close} />
      </Dialog>
      <Loaded query={partnerships} problemText={problemText}>
        {(data) => <ConnectionTable rows={rowsOf(data.partnerships, company.id)} kind={kind} />}
      </Loaded>
    </Section>
  )
}

function ConnectionTable({ rows, kind }: { rows: Row[]; kind: 'customer' | 'partner' }) {
  return rows.length === 0 ? (
    <Empty title={texts.empty[kind].title}>{texts.empty[kind].text}</Empty>
  ) : (
    <DataTable label={texts.table} columns={columns} rows={rows} rowId={({ id }) => id} moreText={portalTexts.more} />
  )
}

function rowsOf(partnerships: Partnership[], companyId: string): Row[] {
  return partnerships
    .filter(({ customer, partner }) => customer.id === companyId || partner.id === companyId)
    .map((partnership) => ({
      ...partnership,
      other: partnership.customer.id === companyId ? partnership.partner : partnership.customer,
    }))
}
