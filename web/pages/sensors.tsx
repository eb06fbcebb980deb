import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { problemText } from '../client.ts'
import { customerQuery } from '../customers.ts'
import { isNotThere } from '../devices.ts'
import { paths } from '../paths.ts'
import { useSession } from '../session.ts'
import { sensorsTexts as texts } from '../texts/sensors.ts'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Closed } from './not-seen.tsx'
import { PageNotFound } from './page-not-found.tsx'
import { SensorBrowser } from './sensors/sensor-browser.tsx'

/** The sensors of the customer that is signed in, or of a valid customer of the partner. */
export function SensorsPage() {
  const { company } = useSession()
  const { organizationId } = useParams({ strict: false })
  if (organizationId) return <SensorsOf key={organizationId} customerId={organizationId} />
  return (
    <Page title={texts.title} lead={texts.lead}>
      <SensorBrowser organizationId={company.id} />
    </Page>
  )
}

/** What is not shared is not asked for: each refusal stands in the customer's history. */
function SensorsOf({ customerId }: { customerId: string }) {
  const customer = useQuery(customerQuery(customerId))
  const { data } = customer
  if (isNotThere(customer.error)) return <PageNotFound />
  if (data && !(data.state === 'valid' && data.kinds?.sensors)) return <Closed customer={data} />
  return (
    <Page
      title={texts.title}
      lead={texts.leadOf}
      up={
        <TextLink to={paths.customer} params={{ organizationId: customerId }}>
          {texts.up}
        </TextLink>
      }
    >
      <Loaded query={customer} problemText={problemText}>
        {() => <SensorBrowser organizationId={customerId} />}
      </Loaded>
    </Page>
  )
}
