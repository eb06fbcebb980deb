import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { type Customer, problemText } from '../client.ts'
import { customerQuery } from '../customers.ts'
import { isNotThere } from '../devices.ts'
import { paths } from '../paths.ts'
import { useMayChange } from '../session.ts'
import { customerStateTexts, reasonTexts } from '../texts/coverage.ts'
import { customerTexts as texts } from '../texts/customer.ts'
import { customersTexts } from '../texts/customers.ts'
import { kindsAlone } from '../texts/kinds.ts'
import { portalTexts } from '../texts/portal.ts'
import { CopyIconButton } from '../ui/copy.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Loaded, Loading } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { State } from '../ui/state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Ago, Day } from '../ui/time.tsx'
import { AskConsent } from './customers/ask-consent.tsx'
import styles from './customers.module.css'
import { PageNotFound } from './page-not-found.tsx'
import { Receipts } from './subscriptions/receipts.tsx'

const AlarmBrowser = lazy(async () => ({ default: (await import('./alarms/alarm-browser.tsx')).AlarmBrowser }))

/** One customer of the partner: how it stands, and what is read of it. */
export function CustomerPage() {
  const { organizationId = '' } = useParams({ strict: false })
  const customer = useQuery(customerQuery(organizationId))
  if (isNotThere(customer.error)) {
    return <PageNotFound />
  }
  return (
    <Page
      title={customer.data?.label ?? texts.title}
      up={<TextLink to={paths.customers}>{texts.up}</TextLink>}
      action={customer.data && <AskConsent customer={customer.data} prominent />}
    >
      <Loaded query={customer} problemText={problemText}>
        {(data) => (
          <>
            <Section title={texts.about} framed>
              <CustomerFacts customer={data} />
            </Section>
            <DeviceData customer={data} />
            <Receipts customerId={data.organizationId} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function CustomerFacts({ customer }: { customer: Customer }) {
  const { state, reasons, kinds } = customer
  const day = (at: string | undefined) => at && <Day at={at} />
  return (
    <Facts
      facts={{
        [texts.facts.state]: (
          <>
            <State mood={customerStateTexts[state].mood}>{customerStateTexts[state].word}</State>
            {reasons.map((reason) => (
              <p key={reason} className={styles.reason}>
                {reason !== state && `${reasonTexts[reason].word}. `}
                {reasonTexts[reason].sentence}
              </p>
            ))}
          </>
        ),
        [texts.facts.since]: <Ago at={customer.since} />,
        [texts.facts.shares]: kinds ? kindsAlone(kinds) : texts.nothing,
        [texts.facts.consent]: day(customer.consentGivenAt),
        [texts.facts.consentUntil]: day(customer.consentEndsAt),
        [texts.facts.asked]: customer.consentAskedAt && <Ago at={customer.consentAskedAt} />,
        [texts.facts.subscription]: day(customer.subscriptionEndsAt),
        [texts.facts.subscriptionEnded]: day(customer.subscriptionEndedAt),
        [texts.facts.lastRead]: customer.lastReadAt ? <Ago at={customer.lastReadAt} /> : texts.neverRead,
        [texts.facts.connected]: day(customer.connectedAt),
        [texts.id]: (
          <span className={styles.id}>
            {customer.organizationId}
            <CopyIconButton text={customer.organizationId} label={customersTexts.copyId(customer.label)} texts={portalTexts} />
          </span>
        ),
      }}
    />
  )
}

function DeviceData({ customer: { organizationId, state, kinds, administered } }: { customer: Customer }) {
  const mayChange = useMayChange()
  const params = { organizationId }
  return (
    <>
      <Section title={texts.data} lead={texts.dataLead}>
        {state !== 'valid' && <Empty title={texts.noData.title}>{texts.noData.text}</Empty>}
        <ul className={styles.links}>
          {state === 'valid' && kinds?.inventory && (
            <li>
              <TextLink to={paths.customerDevices} params={params}>
                {texts.devices}
              </TextLink>
            </li>
          )}
          {state === 'valid' && kinds?.sensors && (
            <li>
              <TextLink to={paths.customerSensors} params={params}>
                {texts.sensors}
              </TextLink>
            </li>
          )}
          {state === 'valid' && kinds?.alarms && (
            <li>
              <TextLink to={paths.customerAlarms} params={params}>
                {texts.alarms}
              </TextLink>
            </li>
          )}
          {administered && mayChange && (
            <li>
              <TextLink to={paths.customerGateways} params={params}>
                {texts.gateways}
              </TextLink>
            </li>
          )}
        </ul>
      </Section>
      {state === 'valid' && kinds?.alarms && (
        <Section title={texts.alarms}>
          <Suspense fallback={<Loading />}>
            <AlarmBrowser organizationId={organizationId} />
          </Suspense>
        </Section>
      )}
    </>
  )
}
