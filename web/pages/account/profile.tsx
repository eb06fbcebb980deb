import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { accountQuery } from '../../account.ts'
import { type Account, answer, api, type Language, problemText } from '../../client.ts'
import { languages, showIn } from '../../languages.ts'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { FormProblem } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { Section } from '../../ui/section.tsx'
import styles from '../account.module.css'

const texts = accountTexts.profile

/** The person's name, which the frame around the page shows after the next sign-in, and language. */
export function Profile({ account }: { account: Account }) {
  const [name, setName] = useState(account.person.name)
  const [language, setLanguage] = useState(account.language)
  const isOtherLanguage = language !== undefined && language !== account.language
  const queryClient = useQueryClient()
  const saving = useMutation({
    mutationFn: () =>
      answer(api.PATCH('/api/v1/account', { body: { name: name.trim(), ...(isOtherLanguage ? { language } : {}) } })),
    onSuccess: async () => {
      if (isOtherLanguage) {
        showIn(language)
        return
      }
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
        <NativeSelect
          label={texts.language}
          description={texts.languageHint}
          value={language ?? ''}
          onChange={(event) => setLanguage(event.currentTarget.value as Language)}
        >
          {language === undefined && <option value="">{texts.languageNotKnown}</option>}
          {Object.entries(languages).map(([code, ownName]) => (
            <option key={code} value={code} lang={code}>
              {ownName}
            </option>
          ))}
        </NativeSelect>
        <FormProblem problem={saving.error ? problemText(saving.error) : undefined} />
        <Button type="submit" variant="default" loading={saving.isPending}>
          {portalTexts.save}
        </Button>
      </form>
    </Section>
  )
}
