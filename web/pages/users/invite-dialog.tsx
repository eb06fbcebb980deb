import { Button, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ApiProblem, answer, api, type Invitation, problemText, type Role } from '../../client.ts'
import { useSession } from '../../session.ts'
import { portalTexts, roleTexts } from '../../texts/portal.ts'
import { inviteTexts as texts, usersTexts } from '../../texts/users.ts'
import { Dialog, DialogButtons, FormProblem } from '../../ui/dialog.tsx'
import { focusFirstMistake } from '../../ui/mistakes.ts'
import { dateOf } from '../../ui/times.ts'
import { invitationsQuery } from '../../users.ts'
import styles from './invite-dialog.module.css'
import { RoleSelect } from './role-select.tsx'

/** What the server says of the address itself stands at its field. */
const ofTheAddress = ['already-invited', 'request-malformed']

/** Asks for a co-worker's address and nothing else, unless an administrator wants to choose the role; then says that the invitation was sent, and offers the next one. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [sent, setSent] = useState<Invitation>()
  return (
    <Dialog opened onClose={onClose} title={sent ? texts.sentTitle : texts.title} closeText={portalTexts.close}>
      {sent ? (
        <Sent invitation={sent} onAgain={() => setSent(undefined)} onClose={onClose} />
      ) : (
        <InviteForm onSent={setSent} onClose={onClose} />
      )}
    </Dialog>
  )
}

function InviteForm({ onSent, onClose }: { onSent: (invitation: Invitation) => void; onClose: () => void }) {
  const [email, setEmail] = useState('')
  const [checked, setChecked] = useState(false)
  const [role, setRole] = useState<Role>('viewer')
  const mayChoose = useSession().role === 'administrator'
  const invite = useInvite(onSent)
  const field = useRef<HTMLInputElement>(null)
  // Also where the form has come back in an open dialog, which places the focus only when it opens.
  useEffect(() => field.current?.focus(), [])
  const refused = invite.error instanceof ApiProblem && ofTheAddress.includes(invite.error.code) ? invite.error : undefined
  // Nothing but the address can be malformed.
  const refusal = refused?.code === 'request-malformed' ? texts.malformed : refused?.message
  const given = email.trim()
  const mistake = !given ? texts.empty : /^\S+@\S+$/.test(given) ? undefined : texts.malformed

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    focusFirstMistake(event)
    if (!mistake) {
      const { currentTarget } = event
      invite.mutate(
        { email: given, ...(role !== 'viewer' && { role }) },
        { onError: () => focusFirstMistake({ ...event, currentTarget }) },
      )
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <TextInput
        ref={field}
        label={texts.email}
        type="email"
        autoComplete="off"
        value={email}
        onChange={(event) => {
          setEmail(event.currentTarget.value)
          invite.reset()
        }}
        error={(checked && mistake) || refusal}
        data-autofocus
      />
      {mayChoose && <JoinsAs role={role} onRole={setRole} />}
      <FormProblem problem={invite.error && !refused ? problemText(invite.error) : undefined} />
      <DialogButtons>
        <Button variant="default" onClick={onClose}>
          {portalTexts.cancel}
        </Button>
        <Button type="submit" loading={invite.isPending}>
          {texts.submit}
        </Button>
      </DialogButtons>
    </form>
  )
}

/** As what the co-worker joins: a viewer, until an administrator asks for the choice. */
function JoinsAs({ role, onRole }: { role: Role; onRole: (role: Role) => void }) {
  const [choosing, setChoosing] = useState(false)
  const select = useRef<HTMLSelectElement>(null)
  // The button that had the focus is gone.
  useEffect(() => {
    if (choosing) select.current?.focus()
  }, [choosing])
  return choosing ? (
    <div className={styles.choice}>
      <RoleSelect ref={select} label={usersTexts.invitations.columns.role} role={role} onRole={onRole} />
    </div>
  ) : (
    <div className={styles.joinsAs}>
      <span>{texts.joinsAs(roleTexts[role])}</span>
      <Button variant="subtle" size="compact-sm" onClick={() => setChoosing(true)}>
        {texts.chooseRole}
      </Button>
    </div>
  )
}

function Sent({ invitation, onAgain, onClose }: { invitation: Invitation; onAgain: () => void; onClose: () => void }) {
  const { portalName } = useSession()
  const close = useRef<HTMLButtonElement>(null)
  // The form that had the focus is gone.
  useEffect(() => close.current?.focus(), [])
  return (
    <>
      <div role="status">
        <p>{texts.sent}</p>
        <p>{texts.thanks(portalName)}</p>
        <p>
          {invitation.state === 'approval awaited'
            ? texts.approval
            : texts.mailedTo(invitation.email, dateOf(invitation.expiresAt))}
        </p>
      </div>
      <DialogButtons>
        <Button variant="default" onClick={onAgain}>
          {texts.again}
        </Button>
        <Button ref={close} onClick={onClose}>
          {portalTexts.close}
        </Button>
      </DialogButtons>
    </>
  )
}

function useInvite(onSent: (invitation: Invitation) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: { email: string; role?: Role }) => answer(api.POST('/api/v1/invitations', { body })),
    onSuccess: async (invitation) => {
      onSent(invitation)
      await queryClient.invalidateQueries({ queryKey: invitationsQuery.queryKey })
    },
  })
}
