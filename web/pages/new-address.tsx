import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { answer, api, problemText } from '../client.ts'
import { portalQuery } from '../session.ts'
import { setUpTexts, newAddressTexts as texts } from '../texts/sign-in.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'
import { Failed } from '../ui/query.tsx'
import { Outcome } from './sign-in/outcome.tsx'

/** Makes the address that a link was mailed to the account's. A button does it, since mail programs open links by themselves. */
export function NewAddressPage() {
  const token = useLocation({ select: (location) => location.hash })
  const portal = useQuery(portalQuery)
  const queryClient = useQueryClient()
  const use = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/email-changes', { body: { token } })),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return (
    <Doorway brand={portal.data?.name ?? ''} title={texts.title} lead={!use.isSuccess && texts.lead}>
      <Outcome done={use.isSuccess ? texts.done : undefined}>
        {token === '' ? (
          <Failed title={setUpTexts.noToken.title} detail={setUpTexts.noToken.text} />
        ) : (
          <>
            <FormProblem problem={use.error ? problemText(use.error) : undefined} />
            <Button size="md" onClick={() => use.mutate()} loading={use.isPending}>
              {texts.submit}
            </Button>
          </>
        )}
      </Outcome>
    </Doorway>
  )
}
