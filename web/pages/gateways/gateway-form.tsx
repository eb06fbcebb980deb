import { TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answer, api } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { actingFor } from '../../gateways.ts'
import { addGatewayTexts as texts } from '../../texts/gateways.ts'
import { focusFirstMistake } from '../../ui/mistakes.ts'

const NAME_LENGTH_MAX = 100

/** The name of a new gateway. */
export function GatewayForm({ onCancel, onAdded }: { onCancel: () => void; onAdded: (token: string) => void }) {
  const [checked, setChecked] = useState(false)
  const [name, setName] = useState('')
  const { organizationId } = useParams({ strict: false })
  const queryClient = useQueryClient()
  const adding = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/gateways', { params: actingFor(organizationId), body: { name: name.trim() } })),
    onSuccess: async ({ token }) => {
      onAdded(token)
      await queryClient.invalidateQueries({ queryKey: ['gateways'] })
    },
    gcTime: 0,
  })
  const mistake = !name.trim() ? texts.nameMissing : name.trim().length > NAME_LENGTH_MAX ? texts.nameLong : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) {
      adding.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={checked && mistake}
        data-autofocus
      />
      <FormFoot sent={adding} submit={texts.submit} onCancel={onCancel} />
    </form>
  )
}
