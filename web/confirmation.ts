import { confirmBy } from './client.ts'

/** What waits for a confirmation, and is told whether there was one; several requests wait for the same. */
let waiting: { promise: Promise<boolean>; end: (confirmed: boolean) => void } | undefined
const listeners = new Set<() => void>()

function changed(): void {
  for (const listener of listeners) {
    listener()
  }
}

confirmBy(() => {
  if (!waiting) {
    let end: (confirmed: boolean) => void = () => undefined
    const promise = new Promise<boolean>((resolve) => {
      end = resolve
    })
    waiting = { promise, end }
    changed()
  }
  return waiting.promise
})

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the person is being asked. */
export function isAsking(): boolean {
  return waiting !== undefined
}

/** Ends the question. */
export function endAsking(confirmed: boolean): void {
  const asked = waiting
  waiting = undefined
  changed()
  asked?.end(confirmed)
}
