import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api, type Gateway, problemText } from '../client.ts'
import { useMayChange } from '../session.ts'
import { gatewaysTexts as texts } from '../texts/gateways.ts'
import { portalTexts } from '../texts/portal.ts'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { Ago, Day } from '../ui/time.tsx'
import { AddGateway } from './gateways/add-gateway.tsx'
import { RemoveGateway } from './gateways/remove-gateway.tsx'

const gatewaysQuery = queryOptions({
  queryKey: ['gateways'],
  queryFn: () => answer(api.GET('/api/v1/gateways')),
  refetchInterval: 15_000,
})

const column = columnsOf<Gateway>()
const columns = column.columns([
  column.accessor('name', { header: texts.columns.name, sortFn: 'text', meta: { heads: true } }),
  column.accessor(({ lastContactAt }) => lastContactAt ?? '', {
    id: 'contact',
    header: texts.columns.contact,
    sortFn: 'basic',
    cell: ({ getValue }) => (getValue() ? <Ago at={getValue()} /> : texts.noContact),
  }),
  column.accessor('devices', { header: texts.columns.devices, sortFn: 'basic' }),
  column.accessor(({ version }) => version ?? texts.unknownVersion, {
    id: 'version',
    header: texts.columns.version,
    sortFn: 'text',
  }),
  column.accessor('createdAt', { header: texts.columns.added, sortFn: 'basic', cell: ({ getValue }) => <Day at={getValue()} /> }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row }) => <RemoveGateway gateway={row.original} />,
  }),
])

/** The customer's gateways: whether each reports, and the way to a new one. */
export function GatewaysPage() {
  const gateways = useQuery(gatewaysQuery)
  const mayChange = useMayChange()
  const [adding, { open, close }] = useDisclosure(false)
  return (
    <Page title={texts.title} lead={texts.lead} action={mayChange && <Button onClick={open}>{texts.add}</Button>}>
      <AddGateway opened={adding} onClose={close} />
      <Loaded query={gateways} problemText={problemText}>
        {(data) =>
          data.gateways.length === 0 ? (
            <Empty title={texts.empty.title}>{texts.empty.text}</Empty>
          ) : (
            <DataTable
              label={texts.table}
              columns={columns}
              rows={data.gateways}
              rowId={({ id }) => id}
              moreText={portalTexts.more}
            />
          )
        }
      </Loaded>
      {!mayChange && <p>{portalTexts.onlyAdministrators}</p>}
    </Page>
  )
}
