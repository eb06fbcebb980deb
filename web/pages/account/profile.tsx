import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { accountQuery } from '../../account.ts'
import { type Account, answer, api, problemText } from '../../client.ts'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { FormProblem } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { Section } from '../../ui/section.tsx'
import styles from '../account.module.css'

const texts = accountTexts.profile

/** The person's name. The frame around the page shows it after the next sign-in. */
export function Profile({ account }: { account: Account }) {
  const [name, setName] = useState(account.person.name)
  const queryClient = useQueryClient()
  const saving = useMutation({
    mutationFn: () => answer(api.PATCH('/api/v1/account', { body: { name: name.trim() } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey })
      notifyDone(texts.saved)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) {
      saving.mutate()
    }
  }
  return (
    <Section title={texts.title} framed>
      <form onSubmit={submit} noValidate className={styles.form}>
        <TextInput
          label={texts.name}
          autoComplete="name"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={!name.trim() && texts.nameMissing}
        />
        <FormProblem problem={saving.error ? problemText(saving.error) : undefined} />
        <Button type="submit" variant="default" loading={saving.isPending}>
          {portalTexts.save}
        </Button>
      </form>
    </Section>
  )
}
