import { type MantineColorScheme, Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { paths } from './paths.ts'
import { useSession } from './session.ts'
import { useSignOut } from './sign-out.ts'
import { portalTexts as texts } from './texts/portal.ts'
import { ChevronIcon } from './ui/icons.tsx'
import styles from './ui/navigation.module.css'

const schemes = ['auto', 'light', 'dark'] as const

/** Who is signed in, light or dark, and the way out. */
export function AccountMenu() {
  const { person, company } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  return (
    <Menu width="14rem" position="top-start">
      <Menu.Target>
        <UnstyledButton className={styles.person}>
          <span className={styles.names}>
            <span>{person.name}</span>
            <span className={styles.company}>{company.name}</span>
          </span>
          <VisuallyHidden>{texts.accountMenu}</VisuallyHidden>
          <ChevronIcon />
        </UnstyledButton>
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
        <Menu.Item component={Link} to={paths.account}>
          {texts.account}
        </Menu.Item>
        <Menu.Item component="a" href="/docs">
          {texts.docs}
        </Menu.Item>
        <Menu.Item onClick={() => signOut.mutate()}>{texts.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
