import { useMayChange, useSession } from '../session.ts'
import { companyDataTexts as texts } from '../texts/data.ts'
import { portalTexts } from '../texts/portal.ts'
import { Page } from '../ui/page.tsx'
import { Section } from '../ui/section.tsx'
import { CloseCompany } from './company-data/close-company.tsx'
import { DownloadExport } from './company-data/download-export.tsx'
import { useLeaving } from './company-data/leaving.ts'
import { VisitSettings } from './company-data/visit-settings.tsx'

/** What is kept for the company: to take away, and to delete. */
export function CompanyDataPage() {
  const { company } = useSession()
  const mayChange = useMayChange()
  return (
    <Page title={texts.title} lead={texts.lead(company.name)}>
      {mayChange ? <OfTheCompany /> : <p>{portalTexts.onlyAdministrators}</p>}
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
        <DownloadExport />
        <p>{texts.export.hint}</p>
      </Section>
      {(kind === 'partner' || kind === 'customer') && (
        <>
          <VisitSettings />
          <Section title={texts.close.title} lead={texts.close.lead}>
            <CloseCompany company={{ id, name, kind }} onClosed={leave} />
          </Section>
        </>
      )}
    </>
  )
}
