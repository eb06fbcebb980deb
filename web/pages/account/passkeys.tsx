import { Button, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { accountQuery, makePasskey } from '../../account.ts'
import { type Account, answer, api, problemText } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { columnsOf, DataTable } from '../../ui/data-table.tsx'
import { Confirm, Dialog } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { Section } from '../../ui/section.tsx'
import { Day } from '../../ui/time.tsx'

const texts = accountTexts.passkeys

type Passkey = Account['passkeys'][number]

const column = columnsOf<Passkey>()
const columns = column.columns([
  column.accessor('name', { header: texts.columns.name, sortFn: 'text', meta: { heads: true } }),
  column.accessor('createdAt', { header: texts.columns.added, sortFn: 'basic', cell: ({ getValue }) => <Day at={getValue()} /> }),
  column.display({
    id: 'actions',
    header: texts.columns.actions,
    meta: { quiet: true, atEnd: true },
    cell: ({ row }) => <RemovePasskey passkey={row.original} />,
  }),
])

/** What signs one in by a device's lock. */
export function Passkeys({ account: { passkeys } }: { account: Account }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <Section
      title={texts.title}
      lead={texts.lead}
      action={
        <Button variant="default" onClick={open}>
          {texts.add}
        </Button>
      }
    >
      <Dialog opened={opened} onClose={close} title={texts.addTitle} closeText={portalTexts.close}>
        <PasskeyForm onClose={close} />
      </Dialog>
      {passkeys.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <DataTable label={texts.table} columns={columns} rows={passkeys} rowId={({ id }) => id} moreText={portalTexts.more} />
      )}
    </Section>
  )
}

function PasskeyForm({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('')
  const [checked, setChecked] = useState(false)
  const queryClient = useQueryClient()
  const adding = useMutation({
    mutationFn: async () =>
      answer(api.POST('/api/v1/account/passkeys', { body: { name: name.trim(), response: await makePasskey() } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey })
      onClose()
      notifyDone(texts.added)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (name.trim()) {
      adding.mutate()
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={checked && !name.trim() && texts.nameMissing}
        data-autofocus
      />
      <FormFoot sent={adding} submit={texts.add} onCancel={onClose} />
    </form>
  )
}

function RemovePasskey({ passkey: { id, name } }: { passkey: Passkey }) {
  const [asking, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const removal = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/account/passkeys/{passkeyId}', { params: { path: { passkeyId: id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey })
      close()
      notifyDone(texts.removed)
    },
  })
  return (
    <>
      <RowButton danger label={texts.removeNamed(name)} onClick={open}>
        {texts.remove}
      </RowButton>
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.removeTitle(name)}
        confirmText={texts.remove}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={removal.isPending}
        problem={removal.error ? problemText(removal.error) : undefined}
        onConfirm={() => removal.mutate()}
      >
        <p>{texts.consequence}</p>
      </Confirm>
    </>
  )
}
