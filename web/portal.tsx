import { useDisclosure } from '@mantine/hooks'
import { Outlet, useLocation, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { AccountMenu } from './account-menu.tsx'
import { AskedAgain } from './asked-again.tsx'
import { InviteButton } from './invite-button.tsx'
import { Navigation } from './navigation.tsx'
import { useSession } from './session.ts'
import { portalTexts as texts } from './texts/portal.ts'
import { Brand } from './ui/brand.ts'
import { Notices } from './ui/notices.tsx'
import { Shell } from './ui/shell.tsx'

const InviteDialog = lazy(async () => ({ default: (await import('./pages/users/invite-dialog.tsx')).InviteDialog }))

/** The frame around every page behind the sign-in. */
export function Portal() {
  const session = useSession()
  const place = useLocation({ select: (location) => location.pathname })
  const pending = useRouterState({ select: (state) => state.status === 'pending' })
  const [inviting, { open, close }] = useDisclosure(false)
  return (
    <Brand value={session.portalName}>
      <Shell
        brand={session.portalName}
        navigation={<Navigation />}
        person={
          <>
            <InviteButton onClick={open} />
            <AccountMenu />
          </>
        }
        place={`${place} ${inviting}`}
        texts={{ skip: texts.skip, open: texts.openNavigation, close: texts.close, navigation: texts.navigation }}
      >
        <div aria-busy={pending}>
          <Outlet />
        </div>
      </Shell>
      {inviting && (
        <Suspense>
          <InviteDialog onClose={close} />
        </Suspense>
      )}
      <AskedAgain />
      <Notices texts={{ notices: texts.notices, dismiss: texts.close }} />
    </Brand>
  )
}
