import { Checkbox } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api, problemText } from '../client.ts'
import { useMayChange } from '../session.ts'
import { signInSettingsTexts as texts } from '../texts/account.ts'
import { portalTexts } from '../texts/portal.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { notifyDone } from '../ui/notify.ts'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import { Section } from '../ui/section.tsx'
import { SingleSignOn } from './sign-in-settings/single-sign-on.tsx'

const settingsQuery = queryOptions({
  queryKey: ['sign-in settings'],
  queryFn: () => answer(api.GET('/api/v1/sign-in-settings')),
})

/** What the members of one's company need to sign in. */
export function SignInSettingsPage() {
  const settings = useQuery(settingsQuery)
  const mayChange = useMayChange()
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: (requiresTwoFactor: boolean) => answer(api.PATCH('/api/v1/sign-in-settings', { body: { requiresTwoFactor } })),
    onSuccess: async (changed) => {
      queryClient.setQueryData(settingsQuery.queryKey, changed)
      notifyDone(texts.saved)
    },
  })
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Loaded query={settings} problemText={problemText}>
        {({ requiresTwoFactor, members, without }) => (
          <Section title={texts.section} framed>
            <Checkbox
              label={texts.requires}
              description={texts.without(without, members)}
              checked={change.isPending ? change.variables : requiresTwoFactor}
              disabled={!mayChange || change.isPending}
              onChange={(event) => change.mutate(event.currentTarget.checked)}
            />
            <FormProblem problem={change.error ? problemText(change.error) : undefined} />
          </Section>
        )}
      </Loaded>
      {mayChange && <SingleSignOn />}
      {!mayChange && <p>{portalTexts.onlyAdministrators}</p>}
    </Page>
  )
}
