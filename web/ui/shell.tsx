import { Burger, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useEffect } from 'react'
import styles from './shell.module.css'

interface ShellProps {
  brand: ReactNode
  /** The navigation, and below it who is signed in. */
  navigation: ReactNode
  person: ReactNode
  /** Changes with each page, and with what opens over it: closes the navigation that a phone opens over it. */
  place: string
  texts: { skip: string; open: string; close: string; navigation: string }
  children: ReactNode
}

/** The frame of every page: navigation at the side, or behind a button on a phone. */
export function Shell({ brand, navigation, person, place, texts, children }: ShellProps) {
  const [opened, { toggle, close }] = useDisclosure(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new place closes it, whatever it is
  useEffect(close, [place])
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {texts.skip}
      </a>
      <nav className={styles.bar} aria-label={texts.navigation}>
        <Burger opened={opened} onClick={toggle} size="sm" aria-label={texts.open} aria-expanded={opened} />
        <div className={styles.brand}>{brand}</div>
      </nav>
      <Drawer
        opened={opened}
        onClose={close}
        size="17rem"
        title={brand}
        classNames={{ title: styles.brand, body: styles.drawer }}
        closeButtonProps={{ 'aria-label': texts.close }}
      >
        {navigation}
        <div className={styles.drawerPerson}>{person}</div>
      </Drawer>
      <nav className={styles.side} aria-label={texts.navigation}>
        <div className={styles.brand}>{brand}</div>
        <div className={styles.navigation}>{navigation}</div>
        {person}
      </nav>
      <main id="content" tabIndex={-1} className={styles.main}>
        {children}
      </main>
    </div>
  )
}
