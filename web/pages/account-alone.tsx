import { useQuery } from '@tanstack/react-query'
import { AskedAgain } from '../asked-again.tsx'
import { problemText } from '../client.ts'
import { paths } from '../paths.ts'
import { sessionQuery } from '../session.ts'
import { accountTexts as texts } from '../texts/account.ts'
import { portalTexts } from '../texts/portal.ts'
import styles from '../ui/alone.module.css'
import { Brand } from '../ui/brand.ts'
import { Notices } from '../ui/notices.tsx'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { OwnAccount } from './account/own-account.tsx'

/** The account of somebody who belongs to no company, outside of the portal's frame. */
export function AccountAlonePage() {
  const session = useQuery(sessionQuery)
  return (
    <main className={styles.alone}>
      <Loaded query={session} problemText={problemText}>
        {(present) =>
          present && (
            <Brand value={present.portalName}>
              <Notices texts={{ notices: portalTexts.notices, dismiss: portalTexts.close }} />
              <Page title={texts.title} up={<TextLink to={paths.noCompany}>{texts.backAlone}</TextLink>}>
                <OwnAccount session={present} />
              </Page>
              <AskedAgain />
            </Brand>
          )
        }
      </Loaded>
    </main>
  )
}
