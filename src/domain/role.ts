import { z } from 'zod'

/** What a member may do in its company, from least to most. Each may all that those before it may. */
export const roles = ['viewer', 'editor', 'operator', 'administrator'] as const
export type Role = (typeof roles)[number]

export const role = z.enum(roles)

export function mayAct(own: Role, needed: Role): boolean {
  return roles.indexOf(own) >= roles.indexOf(needed)
}

/** The lesser of two roles: a token may never more than its maker may now. */
export function lesserRole(one: Role, other: Role): Role {
  return mayAct(one, other) ? other : one
}
