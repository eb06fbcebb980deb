import { Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useBrand } from './brand.ts'
import styles from './page.module.css'

interface PageProps {
  title: string
  /** One or two sentences under the title. */
  lead?: ReactNode
  /** A way back up, above the title. */
  up?: ReactNode
  /** What the page is there to start: its main button. */
  action?: ReactNode
  children: ReactNode
}

let pagesShown = 0

/** A page: the window's title, its heading (which takes the focus after a change of page, so that it is read out), its content. */
export function Page({ title, lead, up, action, children }: PageProps) {
  const brand = useBrand()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    pagesShown += 1
    if (pagesShown > 1) {
      heading.current?.focus({ preventScroll: true })
    }
  }, [])
  return (
    <div className={styles.page}>
      <title>{`${title} · ${brand}`}</title>
      {up && <div className={styles.up}>{up}</div>}
      <header className={styles.header}>
        <div className={styles.heading}>
          <Title order={1} ref={heading} tabIndex={-1} className={styles.title}>
            {title}
          </Title>
          {lead && <div className={styles.lead}>{lead}</div>}
        </div>
        {action && <div className={styles.action}>{action}</div>}
      </header>
      {children}
    </div>
  )
}
