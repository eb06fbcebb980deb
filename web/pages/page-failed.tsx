import type { ErrorComponentProps } from '@tanstack/react-router'
import { useRouter } from '@tanstack/react-router'
import { problemText } from '../client.ts'
import { portalTexts } from '../texts/portal.ts'
import { Page } from '../ui/page.tsx'
import { Failed } from '../ui/query.tsx'

/** What stands where a page could not be shown. */
export function PageFailed({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const tryAgain = () => {
    reset()
    void router.invalidate()
  }
  return (
    <Page title={portalTexts.failed.title}>
      <Failed {...problemText(error)} onTryAgain={tryAgain} />
    </Page>
  )
}
