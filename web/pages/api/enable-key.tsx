import { useQueryClient } from '@tanstack/react-query'
import { answer, api, type Key } from '../../client.ts'
import { EnableButton } from '../../enable-button.tsx'
import { keysQuery } from '../../keys.ts'
import { keyTexts as texts } from '../../texts/keys.ts'

/** The button that disables a key, after a question, or enables it again. */
export function EnableKey({ keyToEnable: { id, name, enabled } }: { keyToEnable: Key }) {
  const queryClient = useQueryClient()
  const change = async (enabled: boolean) => {
    await answer(api.PATCH('/api/v1/keys/{keyId}', { params: { path: { keyId: id } }, body: { enabled } }))
    await queryClient.invalidateQueries({ queryKey: keysQuery.queryKey })
  }
  return <EnableButton name={name} enabled={enabled} change={change} texts={texts} />
}
