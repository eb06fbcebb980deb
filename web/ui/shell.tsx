import { Burger, Drawer } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useEffect } from 'react'
import styles from './shell.module.css'

interface ShellProps {
  brand: ReactNode
  /** The navigation, and below it who is signed in. */
  navigation: ReactNode
  person: ReactNode
  /** What happened: above who is signed in, or on a phone above the page. */
  notices: ReactNode
  /** Changes with each page, and with what opens over it: closes the navigation that a phone opens over it. */
  place: string
  texts: { skip: string; open: string; close: string; navigation: string }
  children: ReactNode
}

/** As in shell.module.css. */
const phone = '(max-width: 48em)'

/** Tells the styles how high an element is, from now on and before each change is painted. */
const tellHeight = (name: string) => (element: HTMLElement | null) => {
  if (element === null) return
  const { style } = document.documentElement
  const observer = new ResizeObserver(() => style.setProperty(name, `${element.offsetHeight}px`))
  observer.observe(element)
  return () => {
    observer.disconnect()
    style.removeProperty(name)
  }
}
const tellNoticesHeight = tellHeight('--notices-height')
const tellPersonHeight = tellHeight('--person-height')

/** The frame of every page: navigation at the side, or behind a button on a phone. */
export function Shell({ brand, navigation, person, notices, place, texts, children }: ShellProps) {
  const [opened, { toggle, close }] = useDisclosure(false)
  const isPhone = useMediaQuery(phone, undefined, { getInitialValueInEffect: false })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new place closes it, whatever it is
  useEffect(close, [place])
  return (
    <>
      {isPhone && <div className={styles.above}>{notices}</div>}
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
          <div className={styles.room} />
          <div ref={tellPersonHeight} className={styles.person}>
            {person}
          </div>
        </nav>
        {/* In the room that the navigation leaves them, and not within it: a dialog's overlay lies over the navigation, and they may be about the dialog. */}
        {!isPhone && (
          <div ref={tellNoticesHeight} className={styles.notices}>
            {notices}
          </div>
        )}
        <main id="content" tabIndex={-1} className={styles.main}>
          {children}
        </main>
      </div>
    </>
  )
}
