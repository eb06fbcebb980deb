import { Button } from '@mantine/core'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { CopyButton } from '../../ui/copy.tsx'
import { DialogButtons } from '../../ui/dialog.tsx'
import styles from '../account.module.css'

const texts = accountTexts.twoFactor

/** Recovery codes, shown this once. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  return (
    <>
      <p role="status">{texts.codes}</p>
      <ul aria-label={texts.codesLabel} className={styles.codes}>
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
