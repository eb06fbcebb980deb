import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { answer, api, type OwnSession, problemText } from '../../client.ts'
import { paths } from '../../paths.ts'
import { sessionQuery } from '../../session.ts'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'
import { Loaded } from '../../ui/query.tsx'
import { RowButton } from '../../ui/row-button.tsx'
import { Section } from '../../ui/section.tsx'
import { Ago, Day } from '../../ui/time.tsx'

const texts = accountTexts.sessions

export const sessionsKey = ['own sessions']

const sessionsQuery = queryOptions({
  queryKey: sessionsKey,
  queryFn: () => answer(api.GET('/api/v1/account/sessions')),
})

/** What a session's browser is called. */
function agentOf({ browser, system }: OwnSession): string {
  return texts.agent(browser, system)
}

const column = columnsOf<OwnSession>()
const columns = column.columns([
  column.accessor(agentOf, {
    id: 'agent',
    header: texts.columns.agent,
    sortFn: 'text',
    meta: { heads: true },
    cell: ({ row: { original }, getValue }) => (original.current ? `${getValue()} (${texts.this})` : getValue()),
  }),
  column.accessor(({ address }) => address ?? '', { id: 'address', header: texts.columns.address, sortFn: 'text' }),
  column.accessor('usedAt', { header: texts.columns.used, sortFn: 'basic', cell: ({ getValue }) => <Ago at={getValue()} /> }),
  column.accessor('createdAt', {
    header: texts.columns.began,
    sortFn: 'basic',
    cell: ({ row: { original } }) => (
      <>
        <Day at={original.createdAt} /> {texts.by[original.method]}
      </>
    ),
  }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row: { original } }) => !original.current && <EndSession session={original} />,
  }),
])

/** Where one is signed in. */
export function Sessions() {
  const sessions = useQuery(sessionsQuery)
  return (
    <Section title={texts.title} lead={texts.lead} action={<EndAll />}>
      <Loaded query={sessions} problemText={problemText}>
        {(data) => (
          <DataTable
            label={texts.table}
            columns={columns}
            rows={data.sessions}
            rowId={({ id }) => id}
            moreText={portalTexts.more}
          />
        )}
      </Loaded>
    </Section>
  )
}

function EndSession({ session }: { session: OwnSession }) {
  const { id } = session
  const queryClient = useQueryClient()
  const ending = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/account/sessions/{sessionId}', { params: { path: { sessionId: id } } })),
    onSuccess: () => notifyDone(texts.ended),
    onError: (error) => notifyProblem(problemText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsKey }),
  })
  return (
    <RowButton danger label={texts.endNamed(agentOf(session))} onClick={() => ending.mutate()}>
      {texts.end}
    </RowButton>
  )
}

function EndAll() {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const ending = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/account/sessions')),
    onSuccess: async () => {
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, null)
      await navigate({ to: paths.signIn })
    },
  })
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.endAll}
      </Button>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.endAllTitle}
        confirmText={texts.endAll}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={ending.isPending}
        problem={ending.error ? problemText(ending.error) : undefined}
        onConfirm={() => ending.mutate()}
      >
        <p>{texts.endAllText}</p>
      </Confirm>
    </>
  )
}
