import { CloseButton } from '@mantine/core'
import styles from './notices.module.css'
import { dismiss, useNotices } from './notify.ts'

/** Notices, which are read out as they come. They take room of their own, so that they cover nothing that somebody is about to click. */
export function Notices({ texts }: { texts: { notices: string; dismiss: string } }) {
  const notices = useNotices()
  return (
    <section className={styles.notices} aria-label={texts.notices} aria-live="polite">
      {notices.map(({ id, kind, title, message }) => (
        <div key={id} className={styles.notice} data-kind={kind} role={kind === 'problem' ? 'alert' : undefined}>
          <div className={styles.text}>
            {title && <strong>{title}</strong>}
            <div>{message}</div>
          </div>
          <CloseButton aria-label={texts.dismiss} size="sm" onClick={() => dismiss(id)} />
        </div>
      ))}
    </section>
  )
}
