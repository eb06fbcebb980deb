import { useParams } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { useSession } from '../session.ts'
import { sensorsTexts as texts } from '../texts/sensors.ts'
import { Page } from '../ui/page.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { SensorBrowser } from './sensors/sensor-browser.tsx'

/** The sensors of the customer that is signed in, or of a valid customer of the partner. */
export function SensorsPage() {
  const { company } = useSession()
  const { organizationId } = useParams({ strict: false })
  return (
    <Page
      title={texts.title}
      lead={organizationId ? texts.leadOf : texts.lead}
      up={
        organizationId && (
          <TextLink to={paths.customer} params={{ organizationId }}>
            {texts.up}
          </TextLink>
        )
      }
    >
      <SensorBrowser key={organizationId} organizationId={organizationId ?? company.id} />
    </Page>
  )
}
