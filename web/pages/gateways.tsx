import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type Gateway, problemText } from '../client.ts'
import { gatewaysQuery } from '../gateways.ts'
import { sizeText } from '../numbers.ts'
import { paths } from '../paths.ts'
import { useMayChange } from '../session.ts'
import { gatewaysTexts as texts } from '../texts/gateways.ts'
import { portalTexts } from '../texts/portal.ts'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago, Day } from '../ui/time.tsx'
import { ActingFor } from './gateways/acting-for.tsx'
import { AddGateway } from './gateways/add-gateway.tsx'
import { GatewayState, stateOf } from './gateways/gateway-state.tsx'
import { RemoveGateway } from './gateways/remove-gateway.tsx'
import { ReplaceToken } from './gateways/replace-token.tsx'

const column = columnsOf<Gateway>()
const columns = column.columns([
  column.accessor('name', { header: texts.columns.name, sortFn: 'text', meta: { heads: true } }),
  column.accessor((gateway) => texts.states[stateOf(gateway)], {
    id: 'state',
    header: texts.columns.state,
    sortFn: 'text',
    cell: ({ row }) => <GatewayState state={stateOf(row.original)} />,
  }),
  column.accessor(({ lastContactAt }) => lastContactAt ?? '', {
    id: 'contact',
    header: texts.columns.contact,
    sortFn: 'basic',
    cell: ({ getValue }) => (getValue() ? <Ago at={getValue()} /> : texts.noContact),
  }),
  column.accessor(({ waitingBytes }) => waitingBytes ?? -1, {
    id: 'waiting',
    header: texts.columns.waiting,
    sortFn: 'basic',
    cell: ({ getValue }) => <span title={texts.waitingHint}>{waitingText(getValue())}</span>,
  }),
  column.accessor(({ devices }) => devices ?? texts.notShared, { id: 'devices', header: texts.columns.devices, sortFn: 'basic' }),
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
    cell: ({ row }) => (
      <>
        <ReplaceToken gateway={row.original} />
        <RemoveGateway gateway={row.original} />
      </>
    ),
  }),
])

function waitingText(bytes: number): string {
  if (bytes < 0) return texts.unknownVersion
  return bytes === 0 ? texts.nothingWaits : sizeText(bytes)
}

/** The gateways of the customer that is signed in, or of one for which a partner's administrator acts. */
export function GatewaysPage() {
  const { organizationId } = useParams({ strict: false })
  const gateways = useQuery(gatewaysQuery(organizationId))
  const mayChange = useMayChange()
  const [adding, { open, close }] = useDisclosure(false)
  return (
    <Page
      title={texts.title}
      lead={organizationId === undefined && texts.lead}
      up={organizationId !== undefined && <TextLink to={paths.customers}>{texts.up}</TextLink>}
      action={mayChange && !gateways.isError && <Button onClick={open}>{texts.add}</Button>}
    >
      {organizationId !== undefined && !gateways.isError && <ActingFor organizationId={organizationId} />}
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
