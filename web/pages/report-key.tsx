import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../client.ts'
import { portalQuery } from '../session.ts'
import { reportKeyTexts as texts } from '../texts/key-changes.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { Doorway } from '../ui/doorway.tsx'
import { focusFirstMistake } from '../ui/mistakes.ts'

/** Where somebody who found a key ends it. What is said is the same whatever was sent. */
export function ReportKeyPage() {
  const portal = useQuery(portalQuery)
  const [key, setKey] = useState('')
  const [checked, setChecked] = useState(false)
  const report = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/key-reports', { body: { key: key.trim() } })),
    gcTime: 0,
  })
  const mistake = key.trim() ? undefined : texts.missing
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) {
      report.mutate()
    }
  }
  return (
    <Doorway
      brand={portal.data?.name ?? ''}
      title={report.isSuccess ? texts.done.title : texts.title}
      lead={report.isSuccess ? <span role="status">{texts.done.text}</span> : texts.lead}
    >
      {!report.isSuccess && (
        <form onSubmit={submit} noValidate>
          <TextInput
            label={texts.key}
            description={texts.hint}
            autoComplete="off"
            spellCheck={false}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={checked && mistake}
            autoFocus
          />
          <FormProblem problem={report.error ? problemText(report.error) : undefined} />
          <Button type="submit" size="md" loading={report.isPending}>
            {texts.submit}
          </Button>
        </form>
      )}
    </Doorway>
  )
}
