import { Button } from '@mantine/core'
import type { paths } from './paths.ts'
import { useSignOut } from './sign-out.ts'
import { portalTexts } from './texts/portal.ts'

interface SignOutButtonProps {
  to?: typeof paths.signIn | typeof paths.join
  /** What is to be done before. */
  onClick?: () => void
}

/** The way out of a page that stands outside of the frame. */
export function SignOutButton({ to, onClick }: SignOutButtonProps) {
  const signOut = useSignOut(to)
  return (
    <Button
      variant="default"
      loading={signOut.isPending}
      onClick={() => {
        onClick?.()
        signOut.mutate()
      }}
    >
      {portalTexts.signOut}
    </Button>
  )
}
