import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type Company, problemText } from '../client.ts'
import { companyQuery } from '../companies.ts'
import { paths } from '../paths.ts'
import { companiesTexts, companyTexts as texts } from '../texts/companies.ts'
import { companyDataTexts } from '../texts/data.ts'
import { companyKindTexts, portalTexts } from '../texts/portal.ts'
import { CopyIconButton } from '../ui/copy.tsx'
import { Facts } from '../ui/facts.tsx'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { State } from '../ui/state.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { Day } from '../ui/time.tsx'
import { Connections } from './company/connections.tsx'
import { EditCompany } from './company/edit-company.tsx'
import { EndCompany } from './company/end-company.tsx'
import { SetUpLinks } from './company/set-up-links.tsx'
import { CompanySingleSignOn } from './company/single-sign-on.tsx'
import { Subscriptions } from './company/subscriptions.tsx'
import { SuspendCompany } from './company/suspend-company.tsx'
import { ViewCompany } from './company/view-company.tsx'

const route = getRouteApi('/signed-in/own/companies/$companyId')

/** One company, as the vendor sees and changes it. */
export function CompanyPage() {
  const { companyId } = route.useParams()
  const company = useQuery(companyQuery(companyId))
  return (
    <Page
      title={company.data?.name ?? texts.title}
      up={<TextLink to={paths.companies}>{texts.up}</TextLink>}
      action={company.data && company.data.kind !== 'demo' && <Endings company={company.data} />}
    >
      <Loaded query={company} problemText={problemText}>
        {(data) => <CompanyParts key={data.id} company={data} />}
      </Loaded>
    </Page>
  )
}

function Endings({ company }: { company: Company }) {
  return (
    <Group>
      <ViewCompany company={company} />
      {!company.closedAt && <SuspendCompany company={company} />}
      <EndCompany company={company} />
    </Group>
  )
}

function CompanyParts({ company }: { company: Company }) {
  const { kind } = company
  return (
    <>
      <Section title={texts.details} framed action={kind !== 'demo' && <EditCompany company={company} />}>
        <CompanyFacts company={company} />
      </Section>
      {kind === 'customer' && <Subscriptions company={company} />}
      {(kind === 'customer' || kind === 'partner') && <Connections company={company} kind={kind} />}
      <CompanySingleSignOn company={company} />
      {kind !== 'demo' && <SetUpLinks companyId={company.id} />}
    </>
  )
}

function CompanyFacts({ company }: { company: Company }) {
  return (
    <Facts
      facts={{
        [texts.facts.state]: company.suspendedAt ? (
          <State mood="bad">
            <span>
              {company.closedAt ? companyDataTexts.close.closedSince : texts.suspendedSince}{' '}
              <Day at={company.closedAt ?? company.suspendedAt} />
            </span>
          </State>
        ) : (
          <State mood="good">{companiesTexts.active}</State>
        ),
        [texts.facts.kind]: companyKindTexts[company.kind],
        [texts.facts.partnerId]: company.partnerId,
        [texts.facts.email]: company.contactEmail,
        [texts.facts.phone]: company.contactPhone,
        [texts.facts.address]: company.address,
        [texts.facts.id]: (
          <>
            {company.id} <CopyIconButton text={company.id} label={texts.copyId} texts={portalTexts} />
          </>
        ),
        [texts.facts.created]: <Day at={company.createdAt} />,
      }}
    />
  )
}
