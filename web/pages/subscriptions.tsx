import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { problemText } from '../client.ts'
import { ownSubscriptionQuery, partnersQuery } from '../partners.ts'
import { useMayChange } from '../session.ts'
import { redeemTexts } from '../texts/licence-keys.ts'
import { partnerTexts, subscriptionTexts as texts } from '../texts/subscriptions.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { PartnerSection } from './subscriptions/partner-section.tsx'
import { Receipts } from './subscriptions/receipts.tsx'
import { SubscriptionState } from './subscriptions/subscription-state.tsx'

const AddPartner = lazy(async () => ({ default: (await import('./subscriptions/add-partner.tsx')).AddPartner }))

const RedeemLicenceKey = lazy(async () => ({
  default: (await import('./subscriptions/redeem-licence-key.tsx')).RedeemLicenceKey,
}))

/** The customer's subscription and, for each of its partners, the consent. */
export function SubscriptionsPage() {
  const subscription = useQuery(ownSubscriptionQuery)
  const partners = useQuery(partnersQuery)
  const [adding, { open, close }] = useDisclosure(false)
  const [redeeming, redeem] = useDisclosure(false)
  const mayChange = useMayChange()
  const isActive = subscription.data?.subscription?.state === 'active'
  return (
    <Page title={texts.title} lead={texts.lead} action={mayChange && <Button onClick={open}>{partnerTexts.add}</Button>}>
      <Suspense>{adding && <AddPartner onClose={close} />}</Suspense>
      <Suspense>{redeeming && <RedeemLicenceKey onClose={redeem.close} />}</Suspense>
      <Section
        title={texts.section}
        framed
        action={
          mayChange && (
            <Button variant="default" size="xs" onClick={redeem.open}>
              {redeemTexts.action}
            </Button>
          )
        }
      >
        <Loaded query={subscription} problemText={problemText}>
          {(data) => <SubscriptionState {...data} />}
        </Loaded>
      </Section>
      <Loaded query={partners} problemText={problemText}>
        {(data) =>
          data.partners.length === 0 ? (
            <Section title={partnerTexts.title}>
              <Empty title={partnerTexts.none.title}>{partnerTexts.none.text}</Empty>
            </Section>
          ) : (
            data.partners.map((partner) => (
              <PartnerSection key={partner.partnershipId} partner={partner} paused={subscription.isSuccess && !isActive} />
            ))
          )
        }
      </Loaded>
      <Receipts />
    </Page>
  )
}
