import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { CopyButton } from '../../ui/copy.tsx'
import { DialogButtons } from '../../ui/dialog.tsx'
import styles from '../account.module.css'

const texts = accountTexts.twoFactor

/** Recovery codes, shown this once. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const list = useRef<HTMLUListElement>(null)
  // The form that had the focus is gone; not on the button, so that one key too many does not close what is shown this once.
  useEffect(() => list.current?.focus(), [])
  return (
    <>
      <p role="status">{texts.codes}</p>
      <ul ref={list} tabIndex={-1} aria-label={texts.codesLabel} className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <CopyButton text={codes.join('\n')} texts={portalTexts} onCopied={() => undefined} />
      <DialogButtons>
        <Button onClick={onKept}>{texts.kept}</Button>
      </DialogButtons>
    </>
  )
}
