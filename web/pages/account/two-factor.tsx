import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { accountQuery } from '../../account.ts'
import { type Account, answer, api, problemText } from '../../client.ts'
import { accountTexts } from '../../texts/account.ts'
import { portalTexts } from '../../texts/portal.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { Section } from '../../ui/section.tsx'
import styles from '../account.module.css'
import { PasswordForm } from './password-form.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SetUpTwoFactor } from './set-up-two-factor.tsx'

const texts = accountTexts.twoFactor

/** Whether signing in asks for a code as well, and how to change that. */
export function TwoFactor({ account }: { account: Account }) {
  const lead = account.twoFactor ? texts.on(account.recoveryCodesLeft ?? 0) : texts.off
  return (
    <Section title={texts.title} lead={lead} framed>
      <div className={styles.actions}>
        {account.twoFactor ? (
          <>
            <RenewCodes />
            {!account.twoFactorRequired && <TurnOff />}
          </>
        ) : (
          <SetUp />
        )}
      </div>
    </Section>
  )
}

function SetUp() {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button onClick={open}>{texts.setUp}</Button>
      <Dialog opened={opened} onClose={close} title={texts.setUpTitle} closeText={portalTexts.close} lightly={false}>
        <SetUpTwoFactor onClose={close} />
      </Dialog>
    </>
  )
}

function RenewCodes() {
  const [opened, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const [codes, setCodes] = useState<string[]>()
  const renewal = useMutation({
    mutationFn: (password: string) => answer(api.POST('/api/v1/account/recovery-codes', { body: { password } })),
    onSuccess: ({ recoveryCodes }) => setCodes(recoveryCodes),
  })
  const end = async () => {
    close()
    setCodes(undefined)
    renewal.reset()
    await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey })
  }
  return (
    <>
      <Button variant="default" onClick={open}>
        {texts.renew}
      </Button>
      <Dialog
        opened={opened}
        onClose={() => void end()}
        title={codes ? texts.codesTitle : texts.renewTitle}
        closeText={portalTexts.close}
        lightly={false}
      >
        {codes ? (
          <RecoveryCodes codes={codes} onKept={() => void end()} />
        ) : (
          <PasswordForm
            lead={texts.renewText}
            submitText={texts.renewSubmit}
            pending={renewal.isPending}
            problem={renewal.error ? problemText(renewal.error) : undefined}
            onClose={close}
            onSubmit={(password) => renewal.mutate(password)}
          />
        )}
      </Dialog>
    </>
  )
}

function TurnOff() {
  const [opened, { open, close }] = useDisclosure(false)
  const queryClient = useQueryClient()
  const removal = useMutation({
    mutationFn: (password: string) => answer(api.POST('/api/v1/account/two-factor/removal', { body: { password } })),
    onSuccess: async () => {
      close()
      notifyDone(texts.turnedOff)
      await queryClient.invalidateQueries({ queryKey: accountQuery.queryKey })
    },
  })
  return (
    <>
      <Button variant="default" c="var(--mantine-color-error)" onClick={open}>
        {texts.turnOff}
      </Button>
      <Dialog opened={opened} onClose={close} title={texts.turnOffTitle} closeText={portalTexts.close}>
        <PasswordForm
          lead={texts.turnOffText}
          submitText={texts.turnOff}
          pending={removal.isPending}
          problem={removal.error ? problemText(removal.error) : undefined}
          onClose={close}
          onSubmit={(password) => removal.mutate(password)}
        />
      </Dialog>
    </>
  )
}
