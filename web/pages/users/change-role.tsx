import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { answer, api, type Member, type Role } from '../../client.ts'
import { FormFoot } from '../../form-foot.tsx'
import { portalTexts, roleTexts } from '../../texts/portal.ts'
import { usersTexts as texts } from '../../texts/users.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.ts'
import { RowButton } from '../../ui/row-button.tsx'
import { membersQuery } from '../../users.ts'
import { useRefreshedSession } from './refreshed-session.ts'
import { RoleSelect } from './role-select.tsx'

/** The button and dialog that change a member's role. */
export function ChangeRole({ member }: { member: Member }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <RowButton label={texts.changeRoleNamed(member.name)} onClick={open}>
        {texts.changeRole}
      </RowButton>
      <Dialog opened={opened} onClose={close} title={texts.changeRoleTitle(member.name)} closeText={portalTexts.close}>
        <RoleForm member={member} onClose={close} />
      </Dialog>
    </>
  )
}

function RoleForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const [role, setRole] = useState<Role>(member.role)
  const queryClient = useQueryClient()
  const refresh = useRefreshedSession()
  const change = useMutation({
    mutationFn: () =>
      answer(api.PATCH('/api/v1/members/{memberId}', { params: { path: { memberId: member.id } }, body: { role } })),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: membersQuery.queryKey })
      onClose()
      notifyDone(texts.roleChanged(member.name, roleTexts[role]))
      await refresh(member)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate()
  }
  return (
    <form onSubmit={submit}>
      <RoleSelect label={texts.role} role={role} onRole={setRole} data-autofocus />
      <p>{texts.changeRoleText}</p>
      <FormFoot sent={change} submit={portalTexts.save} onCancel={onClose} />
    </form>
  )
}
