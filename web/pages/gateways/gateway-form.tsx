import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { answer, api, problemText } from '../../client.ts'
import { actingFor } from '../../gateways.ts'
import { addGatewayTexts as texts } from '../../texts/gateways.ts'
import { portalTexts } from '../../texts/portal.ts'
import { DialogButtons, FormProblem } from '../../ui/dialog.tsx'
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
      <FormProblem problem={adding.error ? problemText(adding.error) : undefined} />
      <DialogButtons>
        <Button variant="default" onClick={onCancel}>
          {portalTexts.cancel}
        </Button>
        <Button type="submit" loading={adding.isPending}>
          {texts.submit}
        </Button>
      </DialogButtons>
    </form>
  )
}
