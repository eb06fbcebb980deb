import type { ReactNode } from 'react'
import styles from './state.module.css'

export type Mood = 'good' | 'warn' | 'bad' | 'idle'

/** A state in a word, with a mark whose colour and shape say how it stands. */
export function State({ mood, children }: { mood: Mood; children: ReactNode }) {
  return (
    <span className={styles.state}>
      <span className={styles.mark} data-mood={mood} aria-hidden="true" />
      {children}
    </span>
  )
}
