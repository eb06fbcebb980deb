import { useSyncExternalStore } from 'react'
import type { ProblemText } from './query.tsx'

/** What happened, told beside the page. */
export interface Notice {
  id: number
  kind: 'done' | 'problem'
  title?: string
  message: string
}

const doneShownMs = 5_000

let notices: readonly Notice[] = []
let lastId = 0
const listeners = new Set<() => void>()

/** Says briefly that something is done. */
export function notifyDone(message: string): void {
  const id = add({ kind: 'done', message })
  setTimeout(() => dismiss(id), doneShownMs)
}

/** Says that something failed, until it is closed: it may not be missed. */
export function notifyProblem({ title, detail }: ProblemText): void {
  add({ kind: 'problem', title, message: detail })
}

/** Takes a notice away. */
export function dismiss(id: number): void {
  change(notices.filter((notice) => notice.id !== id))
}

/** What is to be shown now, the oldest first. */
export function useNotices(): readonly Notice[] {
  return useSyncExternalStore(listen, () => notices)
}

function add(notice: Omit<Notice, 'id'>): number {
  lastId += 1
  change([...notices, { ...notice, id: lastId }])
  return lastId
}

function change(next: readonly Notice[]): void {
  notices = next
  for (const listener of listeners) {
    listener()
  }
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
