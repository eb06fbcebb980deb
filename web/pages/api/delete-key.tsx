import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Key, problemText } from '../../client.ts'
import { keysQuery } from '../../keys.ts'
import { useMayChange } from '../../session.ts'
import { keysTexts, deleteKeyTexts as texts } from '../../texts/keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Confirm } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { Ago } from '../../ui/time.tsx'

interface DeleteKeyProps {
  keyToDelete: Key
  prominent?: boolean
  onDeleted?: () => void
}

/** The button that deletes a key, with the question that names the key and what follows. */
export function DeleteKey({ keyToDelete: key, prominent = false, onDeleted }: DeleteKeyProps) {
  const [asking, { open, close }] = useDisclosure(false)
  const mayChange = useMayChange()
  const queryClient = useQueryClient()
  const deletion = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/keys/{keyId}', { params: { path: { keyId: key.id } } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: keysQuery.queryKey, exact: true })
      close()
      onDeleted?.()
      notifyDone(texts.done(key.name))
    },
  })
  if (!mayChange) {
    return null
  }
  return (
    <>
      {prominent ? (
        <Button variant="default" c="var(--mantine-color-error)" onClick={open}>
          {keysTexts.delete}
        </Button>
      ) : (
        <RowButton danger label={keysTexts.deleteNamed(key.name)} onClick={open}>
          {keysTexts.delete}
        </RowButton>
      )}
      <Confirm
        opened={asking}
        onClose={close}
        title={texts.title(key.name)}
        confirmText={texts.confirm}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        danger
        pending={deletion.isPending}
        problem={deletion.error ? problemText(deletion.error) : undefined}
        onConfirm={() => deletion.mutate()}
      >
        <p>
          <strong>{texts.consequence}</strong>{' '}
          {key.lastUsedAt && (
            <>
              {texts.lastUsed} <Ago at={key.lastUsedAt} />.
            </>
          )}
        </p>
        <p>{texts.final}</p>
      </Confirm>
    </>
  )
}
