import { lazy, Suspense, useSyncExternalStore } from 'react'
import { isAsking, subscribe } from './confirmation.ts'

const ConfirmSession = lazy(async () => ({ default: (await import('./confirm-session.tsx')).ConfirmSession }))

/** The question whether the person is there still, while something waits for it. */
export function AskedAgain() {
  return useSyncExternalStore(subscribe, isAsking) ? (
    <Suspense>
      <ConfirmSession />
    </Suspense>
  ) : null
}
