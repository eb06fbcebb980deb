import { notifications } from '@mantine/notifications'
import type { ProblemText } from './query.tsx'

/** Says briefly that something is done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'green', role: 'status', withBorder: true, autoClose: 5_000 })
}

/** Says that something failed, until it is closed: it may not be missed. */
export function notifyProblem({ title, detail }: ProblemText): void {
  notifications.show({ title, message: detail, color: 'red', withBorder: true, autoClose: false })
}
