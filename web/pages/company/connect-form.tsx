import { TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { answer, api } from '../../client.ts'
import { companiesQuery, partnershipsQuery } from '../../companies.ts'
import { FormFoot } from '../../form-foot.tsx'
import { partnershipTexts as texts } from '../../texts/companies.ts'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'

/** The form that connects a customer to the partner with a Partner ID. */
export function ConnectForm({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const companies = useQuery(companiesQuery)
  const [partnerId, setPartnerId] = useState('')
  const [checked, setChecked] = useState(false)
  const listId = useId()
  const queryClient = useQueryClient()
  const connection = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/v1/partnerships', { body: { customerId, partnerId: partnerId.trim().toUpperCase() } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: partnershipsQuery.queryKey })
      onClose()
      notifyDone(texts.connected)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (partnerId.trim()) {
      connection.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={texts.partnerId}
        description={texts.partnerIdHint}
        list={listId}
        value={partnerId}
        onChange={(event) => setPartnerId(event.currentTarget.value)}
        error={checked && !partnerId.trim() && texts.partnerIdMissing}
        autoComplete="off"
        data-autofocus
      />
      <datalist id={listId}>
        {companies.data?.companies.map(
          (company) => company.partnerId && <option key={company.id} value={company.partnerId} label={company.name} />,
        )}
      </datalist>
      <FormFoot sent={connection} submit={texts.submit} onCancel={onClose} />
    </form>
  )
}
