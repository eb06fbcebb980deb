import { Button, Skeleton, VisuallyHidden } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { portalTexts as texts } from '../texts/portal.ts'
import styles from './query.module.css'

export interface ProblemText {
  title: string
  detail: string
  requestId?: string | undefined
}

interface LoadedProps<T> {
  query: UseQueryResult<T>
  problemText: (error: unknown) => ProblemText
  /** What stands there until the first answer. */
  loading?: ReactNode
  children: (data: T) => ReactNode
}

/** What a query answered; until then that it is loading, and what went wrong, with a way to try again. */
export function Loaded<T>({ query, problemText, loading, children }: LoadedProps<T>) {
  if (query.data !== undefined) {
    return children(query.data)
  }
  if (query.isError) {
    return <Failed {...problemText(query.error)} onTryAgain={() => void query.refetch()} trying={query.isFetching} />
  }
  return loading ?? <Loading />
}

const lineWidths = ['92%', '75%', '83%', '60%']

/** Grey lines where a list will stand. */
export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <div aria-busy="true" className={styles.loading}>
      <VisuallyHidden role="status">{texts.loading}</VisuallyHidden>
      {lineWidths.slice(0, lines).map((width) => (
        <Skeleton key={width} height={18} width={width} />
      ))}
    </div>
  )
}

/** A problem: what it is, what to do, and again. */
export function Failed({
  title,
  detail,
  requestId,
  onTryAgain,
  trying,
}: ProblemText & { onTryAgain?: () => void; trying?: boolean }) {
  return (
    <div role="alert" className={styles.failed}>
      <strong>{title}</strong>
      <p>{detail}</p>
      {requestId && <p className={styles.small}>{texts.requestId(requestId)}</p>}
      {onTryAgain && (
        <Button variant="default" onClick={onTryAgain} loading={trying ?? false}>
          {texts.tryAgain}
        </Button>
      )}
    </div>
  )
}

/** Nothing here yet: what would be here, and how it comes. */
export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <strong>{title}</strong>
      <div className={styles.teach}>{children}</div>
      {action}
    </div>
  )
}
