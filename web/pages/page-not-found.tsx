import { paths } from '../paths.ts'
import { portalTexts } from '../texts/portal.ts'
import { Page } from '../ui/page.tsx'
import { TextLink } from '../ui/text-link.tsx'

const texts = portalTexts.notFound

/** No such page, or none of this company's: both look the same. */
export function PageNotFound() {
  return (
    <Page title={texts.title} lead={texts.text}>
      <TextLink to={paths.home}>{texts.home}</TextLink>
    </Page>
  )
}
