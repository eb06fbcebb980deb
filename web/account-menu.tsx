import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { answer, api, problemText } from './client.ts'
import { paths } from './paths.ts'
import { sessionQuery, useSession } from './session.ts'
import { portalTexts as texts } from './texts/portal.ts'
import { CheckIcon, ChevronIcon } from './ui/icons.tsx'
import styles from './ui/navigation.module.css'
import { notifyProblem } from './ui/notify.ts'

const schemes = ['auto', 'light', 'dark'] as const

/** Who is signed in, light or dark, and the way out. */
export function AccountMenu() {
  const { person, company } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  return (
    <Menu width="14rem" position="top-start">
      <Menu.Target>
        <UnstyledButton className={styles.person} aria-label={texts.menuOf(person.name)}>
          <span className={styles.names}>
            <span>{person.name}</span>
            <span className={styles.company}>{company.name}</span>
          </span>
          <ChevronIcon />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{texts.signedInAs(person.email)}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{texts.scheme}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            closeMenuOnClick={false}
            onClick={() => setColorScheme(scheme)}
            rightSection={colorScheme === scheme ? <CheckIcon /> : null}
          >
            {texts.schemes[scheme]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate()}>{texts.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function useSignOut() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/session')),
    onSuccess: async () => {
      queryClient.clear()
      queryClient.setQueryData(sessionQuery.queryKey, null)
      await navigate({ to: paths.signIn })
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
}
