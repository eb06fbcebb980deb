import type { Key, KeyOrganization } from '../../client.ts'

/** The organizations that a key was made for: of a key for specific customers its set, of one for all every connected one. */
export function keySet(key: Key): KeyOrganization[] {
  return (key.organizations ?? []).filter(({ reasons }) => !reasons.includes("not in the key's set"))
}
