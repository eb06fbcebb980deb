import { Button, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Key } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { keysQuery } from '../../keys.ts'
import { generateKeyTexts, keyTexts as texts } from '../../texts/keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'

/** The button and dialog that give a key another name. */
export function RenameKey({ keyToRename: key }: { keyToRename: Key }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.rename}
      </Button>
      <Dialog opened={opened} onClose={close} title={texts.renameTitle} closeText={portalTexts.close}>
        <RenameForm renamed={key} onClose={close} />
      </Dialog>
    </>
  )
}

function RenameForm({ renamed: key, onClose }: { renamed: Key; onClose: () => void }) {
  const [name, setName] = useState(key.name)
  const queryClient = useQueryClient()
  const renaming = useMutation({
    mutationFn: () =>
      answer(api.PATCH('/api/v1/keys/{keyId}', { params: { path: { keyId: key.id } }, body: { name: name.trim() } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keysQuery.queryKey })
      onClose()
      notifyDone(texts.renamed)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim()) {
      renaming.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={generateKeyTexts.name}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
        error={!name.trim() && generateKeyTexts.nameMissing}
        data-autofocus
      />
      <FormFoot sent={renaming} submit={portalTexts.save} onCancel={onClose} />
    </form>
  )
}
