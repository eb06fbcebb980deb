import { useParams } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { useSession } from '../session.ts'
import { alarmsTexts as texts } from '../texts/alarms.ts'
import { Page } from '../ui/page.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { AlarmBrowser } from './alarms/alarm-browser.tsx'
import { MailMe } from './alarms/mail-me.tsx'

/** The alarms of the customer that is signed in, or of a valid customer of the partner. */
export function AlarmsPage() {
  const { company } = useSession()
  const { organizationId } = useParams({ strict: false })
  return (
    <Page
      title={texts.title}
      lead={organizationId ? texts.leadOf : texts.lead}
      action={<MailMe />}
      up={
        organizationId && (
          <TextLink to={paths.customer} params={{ organizationId }}>
            {texts.up}
          </TextLink>
        )
      }
    >
      <AlarmBrowser organizationId={organizationId ?? company.id} />
    </Page>
  )
}
