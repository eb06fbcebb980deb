import { Alert } from '@mantine/core'
import { paths } from '../paths.ts'
import { useSession } from '../session.ts'
import { accountTexts as texts } from '../texts/account.ts'
import { accountWithoutProviderTexts } from '../texts/single-sign-on.ts'
import { Page } from '../ui/page.tsx'
import { TextLink } from '../ui/text-link.tsx'
import { OwnAccount } from './account/own-account.tsx'

/** One's own account: who one is, and what keeps it safe. */
export function AccountPage() {
  const session = useSession()
  return (
    <Page title={texts.title}>
      {session.singleSignOn?.needed && (
        <Alert variant="outline" color="red" title={accountWithoutProviderTexts.title}>
          {accountWithoutProviderTexts.text} <TextLink to={paths.companySignIn}>{accountWithoutProviderTexts.signIn}</TextLink>
        </Alert>
      )}
      {session.twoFactorNeeded && (
        <Alert variant="outline" color="red" title={texts.needed.title}>
          {texts.needed.text}
        </Alert>
      )}
      <OwnAccount session={session} />
    </Page>
  )
}
