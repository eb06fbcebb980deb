import { portalTexts } from '../texts/portal.ts'
import { Page } from '../ui/page.tsx'

const texts = portalTexts.nothing

/** Where a company arrives that has no pages. */
export function NothingHerePage() {
  return (
    <Page title={texts.title} lead={texts.text}>
      {null}
    </Page>
  )
}
