import { Alert } from '@mantine/core'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { registerTexts } from '../../texts/sign-in.ts'
import { TextLink } from '../../ui/text-link.tsx'

/** What was done in place of the form that asked for it, read out; and the way to the sign-in below either. */
export function Outcome({ done, children }: { done: { title: string; text: string } | undefined; children: ReactNode }) {
  return (
    <>
      {done ? (
        <Alert variant="outline" color="gray" role="status" title={done.title}>
          {done.text}
        </Alert>
      ) : (
        children
      )}
      <p>
        <TextLink to={paths.signIn} size="sm">
          {registerTexts.toSignIn}
        </TextLink>
      </p>
    </>
  )
}
