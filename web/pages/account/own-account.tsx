import { useQuery } from '@tanstack/react-query'
import { accountQuery } from '../../account.ts'
import { problemText, type Session } from '../../client.ts'
import { Loaded } from '../../ui/query.tsx'
import { ChangeEmail } from './change-email.tsx'
import { ChangePassword } from './change-password.tsx'
import { CoverageMails } from './coverage-mails.tsx'
import { Passkeys } from './passkeys.tsx'
import { Profile } from './profile.tsx'
import { Sessions } from './sessions.tsx'
import { TwoFactor } from './two-factor.tsx'
import { YourData } from './your-data.tsx'

/** All about one's own account: the same for a company's members and for those who belong to none. */
export function OwnAccount({ session }: { session: Session }) {
  const account = useQuery(accountQuery)
  return (
    <Loaded query={account} problemText={problemText}>
      {(data) => (
        <>
          <TwoFactor account={data} />
          <Passkeys account={data} />
          <Sessions />
          <ChangePassword />
          <ChangeEmail account={data} />
          <Profile account={data} />
          <CoverageMails account={data} />
          <YourData session={session} />
        </>
      )}
    </Loaded>
  )
}
