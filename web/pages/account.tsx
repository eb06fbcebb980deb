import { Alert } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { accountQuery } from '../account.ts'
import { problemText } from '../client.ts'
import { useSession } from '../session.ts'
import { accountTexts as texts } from '../texts/account.ts'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { ChangeEmail } from './account/change-email.tsx'
import { ChangePassword } from './account/change-password.tsx'
import { Passkeys } from './account/passkeys.tsx'
import { Profile } from './account/profile.tsx'
import { Sessions } from './account/sessions.tsx'
import { TwoFactor } from './account/two-factor.tsx'

/** One's own account: who one is, and what keeps it safe. */
export function AccountPage() {
  const account = useQuery(accountQuery)
  const { twoFactorNeeded } = useSession()
  return (
    <Page title={texts.title}>
      {twoFactorNeeded && (
        <Alert variant="outline" color="red" title={texts.needed.title}>
          {texts.needed.text}
        </Alert>
      )}
      <Loaded query={account} problemText={problemText}>
        {(data) => (
          <>
            <TwoFactor account={data} />
            <Passkeys account={data} />
            <Sessions />
            <ChangePassword />
            <ChangeEmail account={data} />
            <Profile account={data} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
