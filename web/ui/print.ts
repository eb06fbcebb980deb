import { useSyncExternalStore } from 'react'

const print = window.matchMedia('print')
const scheme = 'data-mantine-color-scheme'

/** Paper is white: pages are printed in light, whatever the screen shows. */
export function printInLight(): void {
  const root = document.documentElement
  let onScreen: string | null = null
  print.addEventListener('change', ({ matches }) => {
    if (matches) onScreen = root.getAttribute(scheme)
    const next = matches ? 'light' : onScreen
    if (next !== null) root.setAttribute(scheme, next)
  })
}

/** Whether the page is being printed, where what is out of sight has to be there too. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      print.addEventListener('change', onChange)
      return () => print.removeEventListener('change', onChange)
    },
    () => print.matches,
  )
}
