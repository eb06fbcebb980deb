import { Stack, Text } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api, problemText } from '../../client.ts'
import { providerTexts as texts } from '../../texts/single-sign-on.ts'
import { CopyIconButton } from '../../ui/copy.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'
import { membersQuery } from '../../users.ts'
import { ProviderForm } from './provider-form.tsx'
import { RemoveProvider } from './remove-provider.tsx'

export const providerQuery = queryOptions({
  queryKey: ['sign-in provider'],
  queryFn: () => answer(api.GET('/api/v1/sign-in-provider')),
})

/** The company's own sign-in, for its administrators. */
export function SingleSignOn() {
  const provider = useQuery(providerQuery)
  const members = useQuery(membersQuery)
  return (
    <Section title={texts.title} lead={texts.lead} framed>
      <Loaded query={provider} problemText={problemText}>
        {({ provider: present, redirectUri, signOutUri }) => (
          <Loaded query={members} problemText={problemText}>
            {(data) => (
              <Stack gap="lg">
                {!present && <Text>{texts.none}</Text>}
                <Facts
                  facts={{
                    [texts.redirectUri]: (
                      <>
                        <code>{redirectUri}</code>{' '}
                        <CopyIconButton text={redirectUri} label={texts.copyRedirectUri} texts={texts.copy} />
                      </>
                    ),
                    [texts.signOutUri]: (
                      <>
                        <code>{signOutUri}</code>{' '}
                        <CopyIconButton text={signOutUri} label={texts.copySignOutUri} texts={texts.copy} />
                      </>
                    ),
                  }}
                />
                <ProviderForm present={present} administrators={data.members.filter(({ role }) => role === 'administrator')} />
                {present && <RemoveProvider />}
              </Stack>
            )}
          </Loaded>
        )}
      </Loaded>
    </Section>
  )
}
