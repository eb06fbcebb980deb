import { Alert } from '@mantine/core'
import type { AccessGap } from '../../client.ts'
import { accessTexts as texts } from '../../texts/accesses.ts'
import { exactTime } from '../../ui/times.ts'
import styles from './access-history.module.css'

const shownMax = 5

/** The times of which accesses may be missing. */
export function Gaps({ gaps }: { gaps: AccessGap[] }) {
  if (gaps.length === 0) return null
  return (
    <Alert role="note" variant="outline" color="red" title={texts.gapsTitle} mb="lg">
      <ul className={styles.gaps}>
        {gaps.slice(0, shownMax).map(({ from, to }) => (
          <li key={from}>{texts.gap(exactTime(from), to && exactTime(to))}</li>
        ))}
      </ul>
      {gaps.length > shownMax && <p>{texts.gapsMore(gaps.length - shownMax)}</p>}
    </Alert>
  )
}
