import type { Role } from '../domain/role.ts'

/** What a role lets a member do, as a mail says it. */
export const roleInWords: Record<Role, string> = {
  administrator: 'Administrator: everything, members and keys included',
  operator: 'Operator: everything but administration',
  editor: 'Editor: names, notes and locations',
  viewer: 'Viewer: reads, and acknowledges alarms',
}
