import { Anchor, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { answer, api, type MailInFull, problemText } from '../client.ts'
import { mailQuery } from '../mails.ts'
import { paths } from '../paths.ts'
import { mailTexts as texts } from '../texts/mails.ts'
import { Facts } from '../ui/facts.tsx'
import { notifyDone, notifyProblem } from '../ui/notify.ts'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago } from '../ui/time.tsx'
import { MailState } from './mail/mail-state.tsx'
import styles from './mail.module.css'

const route = getRouteApi('/signed-in/own/administration/mail/$mailId')

/** One mail: what became of it, and its words as text. Its HTML says the same, and is not put into this page. */
export function MailPage() {
  const { mailId } = route.useParams()
  const mail = useQuery(mailQuery(mailId))
  return (
    <Page
      title={mail.data?.subject ?? texts.title}
      up={<TextLink to={paths.mails}>{texts.up}</TextLink>}
      action={mail.data?.state === 'failed' && <Retry mailId={mailId} />}
    >
      <Loaded query={mail} problemText={problemText}>
        {(data) => (
          <>
            <MailFacts mail={data} />
            <Section title={texts.text} framed>
              {data.text === '' ? (
                <p>{texts.unknown}</p>
              ) : (
                <pre className={styles.text} lang={data.language}>
                  {linked(data.text)}
                </pre>
              )}
            </Section>
            {data.linkWithheld && <p>{texts.withheld}</p>}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function MailFacts({ mail }: { mail: MailInFull }) {
  return (
    <div className={styles.facts}>
      <Facts
        facts={{
          [texts.facts.to]: mail.recipient,
          [texts.facts.about]: mail.companyName,
          [texts.facts.state]: <MailState state={mail.state} />,
          [texts.facts.written]: <Ago at={mail.createdAt} />,
          [texts.facts.sent]: mail.sentAt && <Ago at={mail.sentAt} />,
          [texts.facts.attempts]: mail.attempts > 0 ? mail.attempts : undefined,
          [texts.facts.next]: mail.nextAttemptAt && <Ago at={mail.nextAttemptAt} />,
          [texts.facts.error]: mail.lastError,
        }}
      />
    </div>
  )
}

/** A text with the portal's own addresses as links: in the world to try, the way on for whoever plays the recipient. No others: names stand in it. */
function linked(text: string) {
  const parts = [...text.matchAll(/https?:\/\/\S+|(?:(?!https?:\/\/)[\s\S])+/g)]
  return parts.map(({ 0: part, index }) =>
    part.startsWith(`${window.location.origin}/`) ? (
      <Anchor key={index} href={part} underline="always">
        {part}
      </Anchor>
    ) : (
      part
    ),
  )
}

function Retry({ mailId }: { mailId: string }) {
  const queryClient = useQueryClient()
  const retry = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/mails/{mailId}/retry', { params: { path: { mailId } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['mails'] })
      notifyDone(texts.retried)
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
  return (
    <Button variant="default" onClick={() => retry.mutate()} loading={retry.isPending}>
      {texts.retry}
    </Button>
  )
}
