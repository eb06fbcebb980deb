import { NativeSelect } from '@mantine/core'
import type { Ref } from 'react'
import type { Role } from '../../client.ts'
import { roleTexts } from '../../texts/portal.ts'
import { usersTexts as texts } from '../../texts/users.ts'

const roles = ['administrator', 'operator', 'editor', 'viewer'] as const

interface RoleSelectProps {
  label: string
  role: Role
  onRole: (role: Role) => void
  ref?: Ref<HTMLSelectElement>
  /** Where it is the first thing of a dialog that opens. */
  'data-autofocus'?: boolean
}

/** Chooses a role, and says what the chosen one may do. */
export function RoleSelect({ role, onRole, ...more }: RoleSelectProps) {
  return (
    <NativeSelect
      description={texts.roleHints[role]}
      data={roles.map((value) => ({ value, label: roleTexts[value] }))}
      value={role}
      onChange={(event) => onRole(event.currentTarget.value as Role)}
      {...more}
    />
  )
}
