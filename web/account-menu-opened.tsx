import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Language } from './client.ts'
import { languages } from './languages.ts'
import { chooseOwnLanguage } from './own-language.ts'
import { paths } from './paths.ts'
import { PersonButton } from './person-button.tsx'
import { useSession } from './session.ts'
import { useSignOut } from './sign-out.ts'
import { language } from './texts/language.ts'
import { portalTexts as texts } from './texts/portal.ts'

const schemes = ['auto', 'light', 'dark'] as const

/** Light or dark, the language, and the way out: opened at once, since it is loaded by the click that asks for it. */
export function AccountMenuOpened() {
  const { person, visit } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  const target = useRef<HTMLButtonElement>(null)
  const [opened, setOpened] = useState(false)
  useEffect(() => {
    // Closing gives the focus back to what had it at the opening.
    target.current?.focus()
    setOpened(true)
  }, [])
  return (
    <Menu width="14rem" position="top-start" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <PersonButton ref={target} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.signedInAs(person.email)}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{texts.scheme}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(chosen) => setColorScheme(chosen as MantineColorScheme)}>
          {schemes.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick={false}>
              {texts.schemes[scheme]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{texts.language}</Menu.Label>
        <Menu.RadioGroup value={language}>
          {Object.entries(languages).map(([code, name]) => (
            // The one that is shown can be chosen too: it may be the browser's, and mails may come in another.
            <Menu.RadioItem key={code} value={code} lang={code} onClick={() => void chooseOwnLanguage(code as Language)}>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        {!visit && (
          <Menu.Item component={Link} to={paths.account}>
            {texts.account}
          </Menu.Item>
        )}
        <Menu.Item component="a" href="/docs">
          {texts.docs}
        </Menu.Item>
        <Menu.Item onClick={() => signOut.mutate()}>{texts.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
