import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type Mail, problemText } from '../client.ts'
import { mailsQuery } from '../mails.ts'
import { paths } from '../paths.ts'
import { mailsTexts as texts } from '../texts/mails.ts'
import { portalTexts } from '../texts/portal.ts'
import { columnsOf, DataTable } from '../ui/data-table.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago } from '../ui/time.tsx'
import { MailState } from './mail/mail-state.tsx'

const column = columnsOf<Mail>()
const columns = column.columns([
  column.accessor('subject', {
    header: texts.columns.subject,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original } }) => (
      <TextLink to={paths.mail} params={{ mailId: original.id }}>
        {original.subject}
      </TextLink>
    ),
  }),
  column.accessor('recipient', { header: texts.columns.recipient, sortFn: 'text' }),
  column.accessor(({ state }) => texts.states[state], {
    id: 'state',
    header: texts.columns.state,
    sortFn: 'text',
    cell: ({ row }) => <MailState state={row.original.state} />,
  }),
  column.accessor(({ companyName }) => companyName ?? texts.nothing, {
    id: 'about',
    header: texts.columns.about,
    sortFn: 'text',
  }),
  column.accessor('createdAt', {
    header: texts.columns.created,
    sortFn: 'basic',
    cell: ({ getValue }) => <Ago at={getValue()} />,
  }),
])

/** The installation's mails, for the vendor: what became of each. */
export function MailsPage() {
  const mails = useInfiniteQuery(mailsQuery)
  const sends = mails.data?.pages[0]?.sends ?? true
  return (
    <Page title={texts.title} lead={sends ? texts.lead : texts.leadWithoutServer}>
      <Loaded query={mails} problemText={problemText}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.mails)
          return rows.length === 0 ? (
            <Empty title={texts.empty.title}>{texts.empty.text}</Empty>
          ) : (
            <DataTable label={texts.table} columns={columns} rows={rows} rowId={({ id }) => id} moreText={portalTexts.more} />
          )
        }}
      </Loaded>
      {mails.hasNextPage && (
        <Button variant="default" onClick={() => void mails.fetchNextPage()} loading={mails.isFetchingNextPage}>
          {texts.older}
        </Button>
      )}
    </Page>
  )
}
