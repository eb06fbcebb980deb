import { Checkbox } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answer, api, problemText } from '../../client.ts'
import { visitTexts as texts } from '../../texts/visits.ts'
import { FormProblem } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { Loaded } from '../../ui/query.tsx'
import { Section } from '../../ui/section.tsx'

const settingsQuery = queryOptions({
  queryKey: ['visit settings'],
  queryFn: () => answer(api.GET('/api/v1/visit-settings')),
})

/** Whether the vendor may view the portal of the company. */
export function VisitSettings() {
  const settings = useQuery(settingsQuery)
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: (allowed: boolean) => answer(api.PATCH('/api/v1/visit-settings', { body: { allowed } })),
    onSuccess: (changed) => {
      queryClient.setQueryData(settingsQuery.queryKey, changed)
      notifyDone(texts.saved(changed.allowed))
    },
  })
  return (
    <Section title={texts.settings} lead={texts.settingsLead}>
      <Loaded query={settings} problemText={problemText}>
        {({ allowed }) => (
          <Checkbox
            label={texts.allow}
            description={texts.allowHint}
            checked={change.isPending ? change.variables : allowed}
            disabled={change.isPending}
            onChange={(event) => change.mutate(event.currentTarget.checked)}
          />
        )}
      </Loaded>
      <FormProblem problem={change.error ? problemText(change.error) : undefined} />
    </Section>
  )
}
