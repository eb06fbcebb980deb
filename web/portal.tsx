import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { Outlet, useLocation, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { AccountMenu } from './account-menu.tsx'
import { AskedAgain } from './asked-again.tsx'
import { FrameButton } from './frame-button.tsx'
import { Navigation } from './navigation.tsx'
import { useSession } from './session.ts'
import { portalTexts as texts } from './texts/portal.ts'
import { Brand } from './ui/brand.ts'
import { Notices } from './ui/notices.tsx'
import { Shell } from './ui/shell.tsx'

const InviteDialog = lazy(async () => ({ default: (await import('./pages/users/invite-dialog.tsx')).InviteDialog }))
const VisitBanner = lazy(async () => ({ default: (await import('./visit-banner.tsx')).VisitBanner }))
const Palette = lazy(async () => ({ default: (await import('./palette/palette.tsx')).Palette }))

/** The frame around every page behind the sign-in. */
export function Portal() {
  const session = useSession()
  const place = useLocation({ select: (location) => location.pathname })
  const pending = useRouterState({ select: (state) => state.status === 'pending' })
  const [inviting, { open, close }] = useDisclosure(false)
  const [searching, palette] = useDisclosure(false)
  useHotkeys([['mod+K', palette.open]], [])
  return (
    <Brand value={session.portalName}>
      <Shell
        brand={session.portalName}
        navigation={<Navigation />}
        person={
          <>
            <FrameButton onClick={palette.open} keys={texts.searchKeys}>
              {texts.search}
            </FrameButton>
            {!session.visit && <FrameButton onClick={open}>{texts.invite}</FrameButton>}
            <AccountMenu />
          </>
        }
        notices={<Notices texts={{ notices: texts.notices, dismiss: texts.close }} />}
        place={`${place} ${inviting} ${searching}`}
        texts={{ skip: texts.skip, open: texts.openNavigation, close: texts.close, navigation: texts.navigation }}
      >
        {session.visit && (
          <Suspense>
            <VisitBanner visit={session.visit} />
          </Suspense>
        )}
        <div aria-busy={pending}>
          <Outlet />
        </div>
      </Shell>
      {inviting && (
        <Suspense>
          <InviteDialog onClose={close} />
        </Suspense>
      )}
      {searching && (
        <Suspense>
          <Palette onClose={palette.close} onInvite={open} />
        </Suspense>
      )}
      <AskedAgain />
    </Brand>
  )
}
