import { useQuery } from '@tanstack/react-query'
import { problemText } from '../client.ts'
import { ownSubscriptionQuery, partnersQuery } from '../partners.ts'
import { partnerTexts, subscriptionTexts as texts } from '../texts/subscriptions.ts'
import { useBrand } from '../ui/brand.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { PartnerSection } from './subscriptions/partner-section.tsx'
import { SubscriptionState } from './subscriptions/subscription-state.tsx'

/** The customer's subscription and, for each of its partners, the consent. */
export function SubscriptionsPage() {
  const subscription = useQuery(ownSubscriptionQuery)
  const partners = useQuery(partnersQuery)
  const brand = useBrand()
  const isActive = subscription.data?.subscription?.state === 'active'
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Section title={texts.section} framed>
        <Loaded query={subscription} problemText={problemText}>
          {(data) => <SubscriptionState subscription={data.subscription} />}
        </Loaded>
      </Section>
      <Loaded query={partners} problemText={problemText}>
        {(data) =>
          data.partners.length === 0 ? (
            <Section title={partnerTexts.title}>
              <Empty title={partnerTexts.none.title}>{partnerTexts.none.text(brand)}</Empty>
            </Section>
          ) : (
            data.partners.map((partner) => (
              <PartnerSection key={partner.partnershipId} partner={partner} paused={subscription.isSuccess && !isActive} />
            ))
          )
        }
      </Loaded>
    </Page>
  )
}
