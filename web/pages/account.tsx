import { Alert } from '@mantine/core'
import { useSession } from '../session.ts'
import { accountTexts as texts } from '../texts/account.ts'
import { Page } from '../ui/page.tsx'
import { OwnAccount } from './account/own-account.tsx'

/** One's own account: who one is, and what keeps it safe. */
export function AccountPage() {
  const session = useSession()
  return (
    <Page title={texts.title}>
      {session.twoFactorNeeded && (
        <Alert variant="outline" color="red" title={texts.needed.title}>
          {texts.needed.text}
        </Alert>
      )}
      <OwnAccount session={session} />
    </Page>
  )
}
