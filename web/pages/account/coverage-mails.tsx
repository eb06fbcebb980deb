import { Radio, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { accountQuery } from '../../account.ts'
import { type Account, answer, api, problemText } from '../../client.ts'
import { accountTexts } from '../../texts/account.ts'
import { notifyDone, notifyProblem } from '../../ui/notify.ts'
import { Section } from '../../ui/section.tsx'

const texts = accountTexts.coverageMails

/** How a partner's administrator is told of changes of what can be read. For nobody else there is such a choice. */
export function CoverageMails({ account: { coverageMails } }: { account: Account }) {
  const queryClient = useQueryClient()
  const choosing = useMutation({
    mutationFn: (chosen: NonNullable<Account['coverageMails']>) =>
      answer(api.PATCH('/api/v1/account', { body: { coverageMails: chosen } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey })
      notifyDone(texts.saved)
    },
    onError: (error) => notifyProblem(problemText(error)),
  })
  if (coverageMails === undefined) {
    return null
  }
  return (
    <Section title={texts.title} framed>
      <Radio.Group
        label={texts.label}
        value={coverageMails}
        onChange={(chosen) => choosing.mutate(chosen as typeof coverageMails)}
      >
        <Stack gap="sm" mt="xs">
          {(['at once', 'daily'] as const).map((how) => (
            <Radio key={how} value={how} disabled={choosing.isPending} {...texts.choices[how]} />
          ))}
        </Stack>
      </Radio.Group>
    </Section>
  )
}
