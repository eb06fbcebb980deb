import { Button } from '@mantine/core'
import { useMayChange, useSession } from '../session.ts'
import { companyDataTexts as texts } from '../texts/data.ts'
import { portalTexts } from '../texts/portal.ts'
import { Page } from '../ui/page.tsx'
import { Section } from '../ui/section.tsx'
import { YourData } from './account/your-data.tsx'
import { CloseCompany } from './company-data/close-company.tsx'
import { useLeaving } from './company-data/leaving.ts'

/** What is kept for the company and about the person: to take away, and to delete. */
export function CompanyDataPage() {
  const { company } = useSession()
  const mayChange = useMayChange()
  return (
    <Page title={texts.title} lead={texts.lead(company.name)}>
      {mayChange ? <OfTheCompany /> : <p>{portalTexts.onlyAdministrators}</p>}
      <YourData />
    </Page>
  )
}

function OfTheCompany() {
  const { company } = useSession()
  const leave = useLeaving()
  const { id, name, kind } = company
  return (
    <>
      <Section title={texts.export.title} lead={texts.export.lead[kind]}>
        <Button component="a" href="/api/v1/company/export" download variant="default">
          {texts.export.button}
        </Button>
        <p>{texts.export.hint}</p>
      </Section>
      {(kind === 'partner' || kind === 'customer') && (
        <Section title={texts.close.title} lead={texts.close.lead}>
          <CloseCompany company={{ id, name, kind }} onClosed={leave} />
        </Section>
      )}
    </>
  )
}
