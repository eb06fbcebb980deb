import { Button, NativeSelect, Stack, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Company } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { useMayChange } from '../../session.ts'
import { portalTexts } from '../../texts/portal.ts'
import { visitTexts as texts } from '../../texts/visits.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { useSessionAnew } from '../../visits.ts'

const choices = [15, 30, 60]

/** Leads an administrator of the vendor into the company's portal, to read alone. */
export function ViewCompany({ company }: { company: Company }) {
  const [asking, { open, close }] = useDisclosure(false)
  const mayChange = useMayChange()
  const isViewed = company.kind === 'partner' || company.kind === 'customer'
  if (!mayChange || !isViewed || company.suspendedAt) {
    return null
  }
  if (!company.allowsVisits) {
    return <Text size="sm">{texts.forbidden}</Text>
  }
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.view}
      </Button>
      <Dialog opened={asking} onClose={close} title={texts.title(company.name)} closeText={portalTexts.close}>
        <ViewForm company={company} onClose={close} />
      </Dialog>
    </>
  )
}

function ViewForm({ company: { id: companyId, name }, onClose }: { company: Company; onClose: () => void }) {
  const [checked, setChecked] = useState(false)
  const [reason, setReason] = useState('')
  const [minutes, setMinutes] = useState(30)
  const sessionAnew = useSessionAnew()
  const viewing = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/companies/{companyId}/visits', { params: { path: { companyId } }, body: { reason, minutes } })),
    onSuccess: () => sessionAnew(),
  })
  const mistake = reason.trim() === '' ? texts.reasonMissing : undefined

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) viewing.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text>{texts.text(name)}</Text>
        <Text>{texts.told(name)}</Text>
        <Textarea
          label={texts.reason}
          description={texts.reasonHint}
          maxLength={500}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value.replaceAll(/\s*\n\s*/g, ' '))}
          error={checked && mistake}
          data-autofocus
        />
        <NativeSelect
          label={texts.minutes}
          data={choices.map((one) => ({ value: String(one), label: texts.minutesOf(one) }))}
          value={String(minutes)}
          onChange={(event) => setMinutes(Number(event.currentTarget.value))}
        />
      </Stack>
      <FormFoot sent={viewing} submit={texts.begin} onCancel={onClose} />
    </form>
  )
}
