import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { answer, api, problemText, type Session } from '../../client.ts'
import { yourDataTexts as texts } from '../../texts/data.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Section } from '../../ui/section.tsx'
import { TypedConfirm } from '../../ui/typed-confirm.tsx'
import { useLeaving } from '../company-data/leaving.ts'

/** What is kept about the person who is signed in: as a file, and the way out. */
export function YourData({ session: { person, company } }: { session: Session }) {
  const [asking, { open, close }] = useDisclosure(false)
  const leave = useLeaving()
  const erasure = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/account/erasure', { body: { email: person.email } })),
    onSuccess: leave,
  })
  return (
    <Section title={texts.title} lead={texts.lead}>
      <Group>
        <Button component="a" href="/api/v1/account/data" download variant="default">
          {texts.download}
        </Button>
        <Button variant="default" color="red" onClick={open}>
          {texts.erase}
        </Button>
      </Group>
      <TypedConfirm
        opened={asking}
        onClose={close}
        title={texts.eraseTitle}
        label={texts.address}
        hint={texts.addressHint(person.email)}
        mistake={texts.addressWrong}
        expected={person.email}
        confirmText={texts.eraseConfirm}
        cancelText={portalTexts.cancel}
        closeText={portalTexts.close}
        pending={erasure.isPending}
        problem={erasure.error ? problemText(erasure.error) : undefined}
        onConfirm={() => erasure.mutate()}
      >
        <p>{company ? texts.eraseText(company.name) : texts.eraseTextAlone}</p>
        <p>{texts.eraseFinal}</p>
      </TypedConfirm>
    </Section>
  )
}
