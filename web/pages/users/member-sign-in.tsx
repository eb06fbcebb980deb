import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { answer, api, type Member, problemText } from '../../client.ts'
import { portalTexts } from '../../texts/portal.ts'
import { usersTexts as texts } from '../../texts/users.ts'
import { Dialog, FormProblem } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { Section } from '../../ui/section.tsx'

/** How an administrator helps a member who lost a device: ends the sessions, takes the second factor away. */
export function MemberSignIn({ member }: { member: Member }) {
  const [opened, { open, close }] = useDisclosure(false)
  const params = { path: { memberId: member.id } }
  const done = (text: string) => () => {
    close()
    notifyDone(text)
  }
  const end = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/members/{memberId}/sessions', { params })),
    onSuccess: done(texts.signIn.ended(member.name)),
  })
  const reset = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/members/{memberId}/two-factor', { params })),
    onSuccess: done(texts.signIn.reset(member.name)),
  })
  const problem = end.error ?? reset.error
  return (
    <>
      <RowButton label={texts.signIn.named(member.name)} onClick={open}>
        {texts.signIn.button}
      </RowButton>
      <Dialog opened={opened} onClose={close} title={texts.signIn.title(member.name)} closeText={portalTexts.close}>
        <Section title={texts.signIn.sessions.title} lead={texts.signIn.sessions.lead}>
          <div>
            <Button variant="default" loading={end.isPending} onClick={() => end.mutate()}>
              {texts.signIn.sessions.button}
            </Button>
          </div>
        </Section>
        <Section title={texts.signIn.twoFactor.title} lead={texts.signIn.twoFactor.lead}>
          <div>
            <Button variant="default" loading={reset.isPending} onClick={() => reset.mutate()}>
              {texts.signIn.twoFactor.button}
            </Button>
          </div>
        </Section>
        <FormProblem problem={problem ? problemText(problem) : undefined} />
      </Dialog>
    </>
  )
}
