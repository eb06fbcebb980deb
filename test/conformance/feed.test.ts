import { expect, test } from 'vitest'
import { withinAWeek } from './alarm-age.ts'
import { batchesAfter, byId, familyNames, firstOf, follow, type Item, listOf } from './families.ts'
import type { FamilyName } from './world.ts'

const pollMs = 5_000
const changeWithinMs = 180_000

/** What a client holds that listed once and follows the changes. */
interface Follower {
  family: FamilyName
  copy: Map<string, Item>
  offset: number
  changes: number
}

test('a list and the changes after its offset are what a new list is, in an organization that lives (contract, section 4)', {
  timeout: changeWithinMs + 120_000,
}, async () => {
  const organizationId = await firstOf('demo')
  const followers: Follower[] = []
  for (const family of familyNames) {
    const { entries, offset } = await listOf(family, 'demo', organizationId)
    followers.push({ family, copy: byId(entries), offset, changes: 0 })
  }

  const givenUpAt = Date.now() + changeWithinMs
  while (followers.every(({ changes }) => changes === 0) && Date.now() < givenUpAt) {
    await new Promise((resolve) => setTimeout(resolve, pollMs))
    for (const follower of followers) await poll(follower, organizationId)
  }
  expect(followers.map(({ changes }) => changes).some((changes) => changes > 0)).toBe(true)

  for (const follower of followers) {
    const { entries, offset } = await listOf(follower.family, 'demo', organizationId)
    const [held, listed] = await atOneOffset(
      follower,
      { family: follower.family, copy: byId(entries), offset, changes: 0 },
      organizationId,
    )
    expect(withinAWeek(held)).toEqual(withinAWeek(listed))
  }
})

/** Lets both follow until they are at the same offset: the old copy, and the new list that may have been overtaken. */
async function atOneOffset(
  old: Follower,
  fresh: Follower,
  organizationId: string,
): Promise<[Map<string, Item>, Map<string, Item>]> {
  for (let tries = 0; tries < 10 && old.offset !== fresh.offset; tries++) {
    await poll(old, organizationId)
    await poll(fresh, organizationId)
  }
  expect(old.offset).toBe(fresh.offset)
  return [old.copy, fresh.copy]
}

async function poll(follower: Follower, organizationId: string): Promise<void> {
  const batches = await batchesAfter(follower.family, 'demo', organizationId, follower.offset)
  expect(batches.filter(({ resyncRequired }) => resyncRequired)).toEqual([])
  follow(follower.family, follower.copy, batches)
  follower.offset = batches.at(-1)?.offset ?? follower.offset
  follower.changes += batches.flatMap(({ entries }) => entries).length
}
