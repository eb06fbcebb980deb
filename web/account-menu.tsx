import { lazy, Suspense, useState } from 'react'
import { PersonButton } from './person-button.tsx'

const load = () => import('./account-menu-opened.tsx')
const OpenedMenu = lazy(async () => ({ default: (await load()).AccountMenuOpened }))

/** Who is signed in. The menu itself is loaded when it is first asked for. */
export function AccountMenu() {
  const [asked, setAsked] = useState(false)
  const person = <PersonButton aria-haspopup="menu" onPointerEnter={load} onFocus={load} onClick={() => setAsked(true)} />
  return asked ? (
    <Suspense fallback={person}>
      <OpenedMenu />
    </Suspense>
  ) : (
    person
  )
}
