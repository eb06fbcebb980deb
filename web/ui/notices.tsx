import { CloseButton, Portal } from '@mantine/core'
import styles from './notices.module.css'
import { dismiss, useNotices } from './notify.ts'

/** The corner in which notices appear; they are read out as they come. */
export function Notices({ texts }: { texts: { notices: string; dismiss: string } }) {
  const notices = useNotices()
  return (
    <Portal>
      <section className={styles.corner} aria-label={texts.notices} aria-live="polite">
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
    </Portal>
  )
}
