import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { answer, api, problemText } from '../client.ts'
import { portalQuery } from '../session.ts'
import { stopAlarmMailsTexts as texts } from '../texts/alarm-mails.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'

/** Where a mail about alarms leads whoever wants no more of them: by a button, since programs open links in mails too. */
export function StopAlarmMailsPage() {
  const portal = useQuery(portalQuery)
  const stop = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/alarm-mails/stops', { params: { query: { token: window.location.hash.slice(1) } } })),
    gcTime: 0,
  })
  return (
    <Doorway
      brand={portal.data?.name ?? ''}
      title={stop.isSuccess ? texts.done.title : texts.title}
      lead={stop.isSuccess ? <span role="status">{texts.done.text}</span> : texts.lead}
    >
      {!stop.isSuccess && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            stop.mutate()
          }}
        >
          <FormProblem problem={stop.error ? problemText(stop.error) : undefined} />
          <Button type="submit" size="md" loading={stop.isPending}>
            {texts.submit}
          </Button>
        </form>
      )}
    </Doorway>
  )
}
