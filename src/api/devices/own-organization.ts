import type { Caller } from '../../auth/caller.ts'
import { idFrom, type OrganizationId } from '../../domain/ids.ts'
import type { ChangeRefusal } from '../../domain/ingest/people-changes.ts'
import type { PeopleChange } from '../../domain/ingest/people-set.ts'
import { problem } from '../../http/problem.ts'
import { notCovered } from './asker.ts'

/** The organization that a path names, which is the caller's own company's: nobody changes another's (I4). */
export function ownOrganization(caller: Caller, organizationId: string): OrganizationId {
  if (caller.company.id !== organizationId || caller.memberId === null) throw notCovered()
  return idFrom(organizationId)
}

/** A location as it is given: the organization itself stands for none. */
export function givenPlace(organization: OrganizationId, given: string): string | null {
  return given === organization ? null : idFrom(given)
}

/** What a body changes: a value that is null takes back what people set. */
export function changeFrom<Change extends object>(
  organization: OrganizationId,
  body: { [Name in keyof Change]?: string | null | undefined },
): PeopleChange {
  return Object.fromEntries(
    Object.entries<string | null | undefined>(body)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, givenValue(organization, name, value ?? null)]),
  )
}

function givenValue(organization: OrganizationId, name: string, value: string | null): string | null {
  if (value === null) return 'as reported'
  return name === 'parentId' || name === 'locationId' ? givenPlace(organization, value) : value
}

export function unlessRefused(refusal: ChangeRefusal | null): undefined {
  if (refusal !== null) throw problem(refusal)
  return undefined
}
