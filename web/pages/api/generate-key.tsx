import { useState } from 'react'
import { generateKeyTexts, newKeyTexts } from '../../texts/keys.ts'
import { portalTexts } from '../../texts/portal.ts'
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx'
import { KeyForm } from './key-form.tsx'
import { Snippets } from './snippets.tsx'

/** Generating a key: its settings, then the key itself, this once. */
export function GenerateKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [secret, setSecret] = useState<string>()
  return (
    <ShownOnceDialog
      opened={opened}
      onClose={onClose}
      title={generateKeyTexts.title}
      secret={secret}
      onLeft={() => setSecret(undefined)}
      texts={newKeyTexts}
      words={portalTexts}
      form={<KeyForm onCancel={onClose} onGenerated={setSecret} />}
    >
      <Snippets secret={secret ?? ''} />
    </ShownOnceDialog>
  )
}
