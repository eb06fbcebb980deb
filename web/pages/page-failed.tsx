import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { problemText } from '../client.ts'
import { portalTexts } from '../texts/portal.ts'
import { Doorway } from '../ui/doorway.tsx'
import { Page } from '../ui/page.tsx'
import { Failed } from '../ui/query.tsx'

/** What stands where a page could not be shown, within the portal's frame. */
export function PageFailed(props: ErrorComponentProps) {
  return (
    <Page title={portalTexts.failed}>
      <Problem {...props} />
    </Page>
  )
}

/** What stands where the frame itself could not be shown: the server does not answer, say. */
export function PortalFailed(props: ErrorComponentProps) {
  return (
    <Doorway brand="" title={portalTexts.failed}>
      <Problem {...props} />
    </Doorway>
  )
}

function Problem({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const tryAgain = () => {
    reset()
    void router.invalidate()
  }
  return <Failed {...problemText(error)} onTryAgain={tryAgain} />
}
