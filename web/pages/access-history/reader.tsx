import type { AccessReader } from '../../client.ts'
import { accessTexts as texts } from '../../texts/accesses.ts'
import styles from './access-history.module.css'

/** Who read: the key or person, and below whose it is. */
export function Reader({ reader: { kind, name, id, companyName } }: { reader: AccessReader }) {
  return (
    <span title={id}>
      {name ?? texts.unknownReader}
      <span className={styles.company}>
        {texts.kinds[kind]} · {companyName}
      </span>
    </span>
  )
}
