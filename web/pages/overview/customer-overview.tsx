import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { problemText } from '../../client.ts'
import { siteStateQuery } from '../../inventory.ts'
import { consentIdOf, ownSubscriptionQuery, partnersQuery } from '../../partners.ts'
import { paths } from '../../paths.ts'
import { useMayChange, useSession } from '../../session.ts'
import { overviewTexts as texts } from '../../texts/overview.ts'
import { portalTexts } from '../../texts/portal.ts'
import { CopyIconButton } from '../../ui/copy.tsx'
import { Page } from '../../ui/page.tsx'
import { Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import styles from '../customers.module.css'
import { SubscriptionState } from '../subscriptions/subscription-state.tsx'
import { Access } from './access.tsx'
import { SiteCards } from './site-cards.tsx'

/** A customer's first page: how its sites stand, who reads about them, and until when its subscription holds. */
export function CustomerOverview() {
  const { company } = useSession()
  const mayChange = useMayChange()
  const state = useQuery(siteStateQuery(company.id))
  const partners = useQuery(partnersQuery)
  const subscription = useQuery(ownSubscriptionQuery)
  const isPaused = subscription.isSuccess && subscription.data.subscription?.state !== 'active'
  const connected = partners.data?.partners
  const toAccess = !mayChange
    ? texts.seeAccess
    : connected?.length === 0
      ? texts.addPartner
      : connected?.every(({ consent }) => !consent)
        ? texts.allowAccess
        : texts.manageAccess
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Section title={texts.sites}>
        <Loaded query={state} problemText={problemText}>
          {(data) => <SiteCards state={data} />}
        </Loaded>
      </Section>
      <Section
        title={texts.access}
        framed
        action={
          <Group gap="lg">
            <TextLink to={paths.accessHistory}>{texts.history}</TextLink>
            <TextLink
              to={paths.subscriptions}
              {...(toAccess === texts.allowAccess && connected?.[0] && { hash: consentIdOf(connected[0]) })}
            >
              {toAccess}
            </TextLink>
          </Group>
        }
      >
        <Loaded query={partners} problemText={problemText}>
          {(data) => <Access partners={data.partners} isPaused={isPaused} />}
        </Loaded>
      </Section>
      <Section
        title={texts.subscription}
        framed
        action={mayChange && <TextLink to={paths.subscriptions}>{texts.toSubscription}</TextLink>}
      >
        <Loaded query={subscription} problemText={problemText}>
          {(data) => <SubscriptionState {...data} />}
        </Loaded>
      </Section>
      <p className={styles.id}>
        {texts.organizationId} {company.id}
        <CopyIconButton text={company.id} label={texts.copyId} texts={portalTexts} />
      </p>
    </Page>
  )
}
