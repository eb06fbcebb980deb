import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import styles from './section.module.css'

interface SectionProps {
  title: string
  lead?: ReactNode
  action?: ReactNode
  /** In a frame of its own, for what belongs closely together. */
  framed?: boolean
  children: ReactNode
}

/** A titled part of a page, a landmark under its title. */
export function Section({ title, lead, action, framed, children }: SectionProps) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id} data-framed={framed || undefined}>
      <div className={styles.head}>
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {lead && <div className={styles.lead}>{lead}</div>}
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
