import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { families, familyNames, organizationsOf } from './families.ts'
import { liveOf, type OpenStream, offsetsOf, openStream } from './measurement-streams.ts'
import { ask, ofOneOrganization, statusWhereCovered } from './operations.ts'
import { withoutIdentity } from './problems.ts'
import { type FamilyName, type Step, type Withdrawal, world } from './world.ts'

const run = promisify(execFile)
const { withdrawals = [], keyEnds = [] } = world.management ?? {}
/** The contract has no number: whoever reads a stream is to learn of its end, and not by a time limit. */
const endsWithinMs = 5_000

describe.runIf(withdrawals.length > 0)('a withdrawal (contract, sections 2 and 7)', { timeout: 180_000 }, () => {
  test.each(withdrawals.map((one) => [one.name, one] as const))('%s: the next request is refused', async (_, one) => {
    const { end, restore = [], families: kinds = familyNames } = one
    const etags = await etagsOf(one)
    expect(await isListed(one)).toBe(true)
    const stream = await liveOf(one.key, one.organization)
    const offset = await someOffset(stream, one)
    try {
      for (const step of end) await take(step)
      if (kinds.includes('sensors')) expect(await stream.ended(endsWithinMs)).toBe('properly')
      await expectRefused(one, kinds, etags)
      expect(await isListed(one)).toBe(kinds.length < familyNames.length)
    } finally {
      for (const step of restore) await take(step)
    }
    expect(await isListed(one)).toBe(restore.length > 0)
    if (offset === undefined || restore.length === 0 || !kinds.includes('sensors')) return
    // What was accepted under the former right is not replayed under the new one.
    const query = `fromOffset=${offset}&toOffset=${offset}`
    const replay = await ask('replayMeasurements', one.key, { organizationId: one.organization, query })
    expect(replay.status).toBe(one.keepsOffsets ? 200 : 400)
  })
})

describe.runIf(keyEnds.length > 0)('the end of a key (contract, section 2)', { timeout: 180_000 }, () => {
  test.each(keyEnds.map((one) => [one.name, one] as const))('%s: the next request is a 401', async (_, { key, end }) => {
    const headers = { authorization: `Bearer ${key}` }
    const listed = await ask('listOrganizations', undefined, {}, { headers })
    const [covered] = (JSON.parse(listed.text) as { organizations: { id: string }[] }).organizations
    const stream = await openStream('liveMeasurements', key, { organizationId: covered?.id ?? '' })
    expect(stream.status).toBe(200)
    for (const step of end) await take(step)
    expect(await stream.ended(endsWithinMs)).toBe('properly')
    const [reply, without] = [
      await ask('listOrganizations', undefined, {}, { headers }),
      await ask('listOrganizations', undefined),
    ]
    expect(withoutIdentity(reply)).toEqual(withoutIdentity(without))
  })
})

/** Every operation on the withdrawn kinds of data is the 403 of an organization that does not exist; the others go on. */
async function expectRefused(
  { key, organization }: Withdrawal,
  kinds: FamilyName[],
  etags: Map<FamilyName, string>,
): Promise<void> {
  for (const { operationId, tag } of ofOneOrganization) {
    const family = tag === 'measurements' ? 'sensors' : (tag as FamilyName)
    const reply = await ask(operationId, key, { organizationId: organization, deviceId: 'no-such-device', offset: 0 })
    const nobody = await ask(operationId, key, { organizationId: 'no-such-organization', deviceId: 'no-such-device', offset: 0 })
    if (kinds.includes(family)) expect(withoutIdentity(reply)).toEqual(withoutIdentity(nobody))
    else expect(reply.status).toBe(statusWhereCovered(operationId))
  }
  // One list stands for all: each of these counts against the limit of lists.
  const [first = 'inventory'] = kinds
  const headers = { 'if-none-match': etags.get(first) ?? '*' }
  expect((await ask(families[first].list, key, { organizationId: organization }, { headers })).status).toBe(403)
}

/** An offset that came with the stream, where the harness says that measurements come in. */
async function someOffset(stream: OpenStream, { organization }: Withdrawal): Promise<string | undefined> {
  if (!world.measured?.includes(organization)) return undefined
  await stream.until('an offset', () => offsetsOf(stream).length > 0)
  return offsetsOf(stream)[0]
}

/** The ETag of each list of the organization: all of them can be read. */
async function etagsOf({ key, organization: organizationId }: Withdrawal): Promise<Map<FamilyName, string>> {
  const etags = new Map<FamilyName, string>()
  for (const family of familyNames) {
    const reply = await ask(families[family].list, key, { organizationId })
    expect(reply.status).toBe(200)
    etags.set(family, String(reply.headers.etag))
  }
  return etags
}

async function isListed({ key, organization }: Withdrawal): Promise<boolean> {
  return (await organizationsOf(key)).some(({ id }) => id === organization)
}

/** Takes a step that the harness described. Throws where it does not succeed. */
async function take(step: Step): Promise<void> {
  if ('command' in step) {
    const [program = '', ...rest] = step.command
    await run(program, rest, { timeout: 60_000 })
    return
  }
  const { method, url, headers = {}, body } = step.request
  const json = body === undefined ? {} : { body: JSON.stringify(body) }
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const answer = await fetch(new URL(url, world.url), { method, headers: { ...type, ...headers }, ...json })
  if (!answer.ok) throw new Error(`${method} ${url} was answered ${answer.status}: ${await answer.text()}`)
}
