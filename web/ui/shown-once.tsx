import { portalTexts } from '../texts/portal.ts'
import { CopyButton, CopyIconButton } from './copy.tsx'
import styles from './shown-once.module.css'

interface ShownOnceProps {
  /** What it is: "New API key". */
  label: string
  secret: string
  texts: { copy: string; copied: string }
  onCopied: () => void
}

/** A secret that is shown this once, with its copy button. Copying it by hand counts as well. */
export function ShownOnce({ label, secret, texts, onCopied }: ShownOnceProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div role="group" aria-label={label} className={styles.box} onCopy={onCopied}>
      <code className={styles.secret}>{secret}</code>
      <CopyButton text={secret} texts={texts} onCopied={onCopied} />
    </div>
  )
}

/** Text to be run or put into a file, with a way to copy it whole. */
export function Snippet({ label, text, texts }: { label: string; text: string; texts: { copy: string; copied: string } }) {
  return (
    <figure className={styles.snippet}>
      <figcaption>{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <CopyIconButton text={text} texts={texts} label={portalTexts.toClipboard(label)} />
    </figure>
  )
}
