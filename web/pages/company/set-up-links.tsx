import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useMayChange } from '../../session.ts'
import { setUpLinkTexts as texts } from '../../texts/companies.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Section } from '../../ui/section.tsx'
import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx'
import { Ago } from '../../ui/time.tsx'
import { SetUpLinkForm } from './set-up-link-form.tsx'

export interface SetUpLink {
  url: string
  expiresAt: string
}

/** Making a link with which somebody makes an account in a company. */
export function SetUpLinks({ companyId }: { companyId: string }) {
  const [opened, { open, close }] = useDisclosure(false)
  const [link, setLink] = useState<SetUpLink>()
  if (!useMayChange()) {
    return null
  }
  return (
    <Section
      title={texts.title}
      lead={texts.lead}
      action={
        <Button variant="default" size="xs" onClick={open}>
          {texts.create}
        </Button>
      }
    >
      <ShownOnceDialog
        opened={opened}
        onClose={close}
        title={texts.dialogTitle}
        secret={link?.url}
        onLeft={() => setLink(undefined)}
        texts={texts.shown}
        words={portalTexts}
        form={<SetUpLinkForm companyId={companyId} onCancel={close} onCreated={setLink} />}
      >
        {link && (
          <p>
            {texts.expires} <Ago at={link.expiresAt} />.
          </p>
        )}
      </ShownOnceDialog>
    </Section>
  )
}
