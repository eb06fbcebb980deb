import { beforeAll, describe, expect, test } from 'vitest'
import { firstOf, type InventoryObject, listOf } from './families.ts'
import type { KeyName } from './world.ts'

describe.each<KeyName>(['own', 'all', 'demo'])(
  'the inventory read with the key "%s" (contract, section 3)',
  { timeout: 180_000 },
  (key) => {
    let organizationId: string
    let objects: InventoryObject[]
    const kind = (one: InventoryObject['inventoryObjectType']) =>
      objects.filter(({ inventoryObjectType }) => inventoryObjectType === one)
    const device = (id: string | undefined) => kind('Device').find((candidate) => candidate.id === id)

    beforeAll(async () => {
      organizationId = await firstOf(key)
      objects = (await listOf('inventory', key, organizationId)).entries as InventoryObject[]
    })

    test('holds exactly one organization, with the id of the path', () => {
      expect(kind('Organization').map(({ id }) => id)).toEqual([organizationId])
    })

    test('holds locations, devices, and devices that are parts of others', () => {
      expect(kind('Location')).not.toEqual([])
      expect(kind('Device').filter(({ parentId }) => parentId === undefined)).not.toEqual([])
      expect(kind('Device').filter(({ parentId }) => parentId !== undefined)).not.toEqual([])
    })

    test('holds each id once', () => {
      expect(new Set(objects.map(({ id }) => id)).size).toBe(objects.length)
    })

    test("a location's parent is a location, and never the organization", () => {
      const locations = kind('Location').map(({ id }) => id)
      const parents = kind('Location').flatMap(({ parentId }) => parentId ?? [])
      expect(parents).not.toContain(organizationId)
      expect(parents.filter((id) => !locations.includes(id))).toEqual([])
      for (const location of kind('Location')) expect(chainOf(location, objects).at(-1)?.parentId).toBeUndefined()
    })

    test("a device's parent is a device, and its location a location", () => {
      const devices = kind('Device').map(({ id }) => id)
      const locations = kind('Location').map(({ id }) => id)
      expect(kind('Device').filter(({ parentId }) => parentId !== undefined && !devices.includes(parentId))).toEqual([])
      expect(kind('Device').filter(({ locationId }) => locationId !== undefined && !locations.includes(locationId))).toEqual([])
      expect(kind('Device').filter(({ locationId }) => locationId !== undefined)).not.toEqual([])
    })

    test("a part carries its whole's location", () => {
      for (const part of kind('Device').filter(({ parentId }) => parentId !== undefined)) {
        const whole = chainOf(part, objects).at(-1)
        expect(whole).toBe(device(whole?.id))
        expect(whole?.parentId).toBeUndefined()
        expect(part.locationId).toBe(whole?.locationId)
      }
    })

    test('the ids of gateways hold no commas', () => {
      const gateways = kind('Device').flatMap(({ gatewayIds }) => gatewayIds ?? [])
      expect(gateways.filter((id) => id.includes(',') || id === '')).toEqual([])
      for (const { gatewayIds = [] } of kind('Device')) expect(new Set(gatewayIds).size).toBe(gatewayIds.length)
    })
  },
)

/** The objects from one up along `parentId`, itself first. Ends where there is no parent, or where it would go around. */
function chainOf(start: InventoryObject, objects: InventoryObject[]): InventoryObject[] {
  const chain: InventoryObject[] = []
  let next: InventoryObject | undefined = start
  while (next && !chain.includes(next)) {
    chain.push(next)
    const { parentId }: InventoryObject = next
    next = objects.find(({ id }) => id === parentId)
  }
  return chain
}
