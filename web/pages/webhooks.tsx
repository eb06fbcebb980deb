import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { problemText, type Webhook } from '../client.ts'
import { countText } from '../numbers.ts'
import { paths } from '../paths.ts'
import { useMayChange } from '../session.ts'
import { portalTexts } from '../texts/portal.ts'
import { webhooksTexts as texts } from '../texts/webhooks.ts'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { webhooksQuery } from '../webhooks.ts'
import { AddWebhook } from './webhooks/add-webhook.tsx'
import { GuideLink } from './webhooks/guide-link.tsx'
import { failedText, WebhookState } from './webhooks/webhook-state.tsx'

const column = columnsOf<Webhook>()
const columns = column.columns([
  column.accessor('name', {
    header: texts.columns.name,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => (
      <TextLink to={paths.webhook} params={{ webhookId: original.id }}>
        {original.name}
      </TextLink>
    ),
  }),
  column.accessor('url', { header: texts.columns.url, sortFn: 'text' }),
  column.display({ id: 'state', header: texts.columns.state, cell: ({ row }) => <WebhookState webhook={row.original} /> }),
  column.accessor('waiting', {
    header: texts.columns.waiting,
    sortFn: 'basic',
    cell: ({ getValue }) => countText(getValue()),
  }),
  column.accessor('failed', { header: texts.columns.failed, sortFn: 'basic', cell: ({ getValue }) => failedText(getValue()) }),
])

/** The receivers that a company's events are sent to. */
export function WebhooksPage() {
  const webhooks = useQuery(webhooksQuery)
  const mayChange = useMayChange()
  const [adding, { open, close }] = useDisclosure(false)
  return (
    <Page
      title={texts.title}
      lead={
        <>
          {texts.lead} <GuideLink />
        </>
      }
      action={mayChange && <Button onClick={open}>{texts.add}</Button>}
    >
      <AddWebhook opened={adding} onClose={close} />
      <Loaded query={webhooks} problemText={problemText}>
        {(data) =>
          data.webhooks.length === 0 ? (
            <Empty title={texts.empty.title}>{texts.empty.text}</Empty>
          ) : (
            <DataTable
              label={texts.table}
              columns={columns}
              rows={data.webhooks}
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
