import { paths } from '../paths.ts'
import { closedTexts as texts } from '../texts/closed.ts'
import { Page } from '../ui/page.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { PageNotFound } from './page-not-found.tsx'

/** In the place of what is not there for who asks: of one's own company no such page; of a customer, the way to where it says why. */
export function NotSeen({ customerId }: { customerId: string | undefined }) {
  if (customerId === undefined) {
    return <PageNotFound />
  }
  return (
    <Page title={texts.title} lead={texts.lead}>
      <TextLink to={paths.customer} params={{ organizationId: customerId }}>
        {texts.why}
      </TextLink>
    </Page>
  )
}
