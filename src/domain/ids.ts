declare const brand: unique symbol
export type Branded<Base, Name extends string> = Base & { readonly [brand]: Name }

/** A company's id; a customer's is its organization's id. */
export type CompanyId = Branded<string, 'CompanyId'>
/** The id of an organization as the device-data API shows it. */
export type OrganizationId = Branded<string, 'OrganizationId'>
/** A caller of the device-data views: a key's id or a member's id. */
export type CallerId = Branded<string, 'CallerId'>
export type DeviceId = Branded<string, 'DeviceId'>
/** Where a reader of changes stands: an integer from 0 to 2^53 - 1 (contract, section 4). */
export type ChangeOffset = Branded<number, 'ChangeOffset'>

/**
 * Text from outside as an id to look up. PostgreSQL's text holds no NUL: such a text is no id of ours, so it becomes one that
 * nothing has.
 */
export function idFrom<Id extends string>(text: string): Id {
  return text.replaceAll('\0', '\uFFFD') as Id
}
