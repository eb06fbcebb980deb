import { Button, Checkbox, Stack, TextInput } from '@mantine/core'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Installation, problemText } from '../client.ts'
import { useMayChange } from '../session.ts'
import { portalTexts } from '../texts/portal.ts'
import { settingsTexts as texts } from '../texts/settings.ts'
import { FormProblem } from '../ui/dialog.tsx'
import { focusFirstMistake } from '../ui/mistakes.ts'
import { notifyDone } from '../ui/notify.ts'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/query.tsx'
import styles from './settings.module.css'

const INVITATION_DAYS_MAX = 30
const TRIAL_DAYS_MAX = 365
const ACCESS_DAYS_MIN = 30
const ACCESS_DAYS_MAX = 3650

const installationQuery = queryOptions({
  queryKey: ['installation'],
  queryFn: () => answer(api.GET('/api/v1/installation')),
})

/** What the vendor sets for every company. */
export function SettingsPage() {
  const installation = useQuery(installationQuery)
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Loaded query={installation} problemText={problemText}>
        {(present) => <SettingsForm present={present} />}
      </Loaded>
    </Page>
  )
}

function SettingsForm({ present }: { present: Installation }) {
  const mayChange = useMayChange()
  const [form, setForm] = useState({
    invitationDays: String(present.invitationDays),
    trialDays: String(present.trialDays),
    accessDays: String(present.accessDays),
    approval: present.invitationApproval,
  })
  const [checked, setChecked] = useState(false)
  const queryClient = useQueryClient()
  const save = useMutation({
    mutationFn: (body: Installation) => answer(api.PATCH('/api/v1/installation', { body })),
    onSuccess: (saved) => {
      queryClient.setQueryData(installationQuery.queryKey, saved)
      notifyDone(texts.saved)
    },
  })
  const days = (name: 'invitationDays' | 'trialDays' | 'accessDays', max: number, min = 1) => ({
    type: 'number',
    min,
    max,
    readOnly: !mayChange,
    className: styles.number,
    value: form[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => setForm({ ...form, [name]: event.currentTarget.value }),
    error: checked && !isWithin(form[name], max, min) && texts.daysWrong(max, min),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    const isRight =
      isWithin(form.invitationDays, INVITATION_DAYS_MAX) &&
      isWithin(form.trialDays, TRIAL_DAYS_MAX) &&
      isWithin(form.accessDays, ACCESS_DAYS_MAX, ACCESS_DAYS_MIN)
    if (isRight) {
      save.mutate({
        invitationDays: Number(form.invitationDays),
        invitationApproval: form.approval,
        trialDays: Number(form.trialDays),
        accessDays: Number(form.accessDays),
      })
    }
  }
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <Stack gap="lg">
        <TextInput
          label={texts.invitationDays}
          description={texts.invitationDaysHint}
          {...days('invitationDays', INVITATION_DAYS_MAX)}
        />
        <Checkbox
          label={texts.approval}
          description={texts.approvalHint}
          checked={form.approval}
          disabled={!mayChange}
          onChange={(event) => setForm({ ...form, approval: event.currentTarget.checked })}
        />
        <TextInput label={texts.trialDays} description={texts.trialDaysHint} {...days('trialDays', TRIAL_DAYS_MAX)} />
        <TextInput
          label={texts.accessDays}
          description={texts.accessDaysHint}
          {...days('accessDays', ACCESS_DAYS_MAX, ACCESS_DAYS_MIN)}
        />
        <FormProblem problem={save.error ? problemText(save.error) : undefined} />
        {mayChange ? (
          <div>
            <Button type="submit" loading={save.isPending}>
              {portalTexts.save}
            </Button>
          </div>
        ) : (
          <p>{portalTexts.onlyAdministrators}</p>
        )}
      </Stack>
    </form>
  )
}

function isWithin(text: string, max: number, min = 1): boolean {
  return /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max
}
