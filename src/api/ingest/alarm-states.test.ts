import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newGateway, newOrganization, storedOf, type TestGateway } from '../../../test/support/ingest.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'
import type { AlarmReport, Batch, DeviceReport } from '../../domain/batch.ts'

let server: TestServer
let organization: string
let a: TestGateway
let count = 0

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  organization = await newOrganization(server)
  a = await newGateway(server, organization)
})

type Parts = Omit<Batch, 'batchId'>

async function send(from: TestGateway, parts: Parts): Promise<unknown> {
  count += 1
  const { body } = await from.send({ batchId: `b-${count}`, ...parts })
  expect(body).toMatchObject({ duplicate: false })
  return body.changed
}

const stored = () => storedOf(server, organization)
const device = (ref: string): DeviceReport => ({ ref, type: 'UPS', label: ref })
const all = (devices: DeviceReport[]): Parts => ({ inventory: { full: true, locations: [], devices } })
const alarm = (deviceRef: string, more: Partial<AlarmReport> = {}): AlarmReport => ({
  ref: `${deviceRef}/on-battery`,
  deviceRef,
  label: 'On battery',
  message: 'Utility power failed.',
  severity: 'WARNING',
  activatedTime: '2026-03-01T10:00:00.000Z',
  ...more,
})

describe('an alarm', () => {
  const only = async () => {
    const { alarms } = await stored()
    expect(alarms.size).toBe(1)
    return [...alarms.values()][0] as Record<string, unknown>
  }

  beforeEach(async () => {
    await send(a, all([device('ups')]))
  })

  test('is cleared, and counts each time that it is active again', async () => {
    await send(a, { alarms: [alarm('ups')] })
    const { id } = await only()
    await send(a, { alarms: [alarm('ups', { clearedTime: '2026-03-01T11:00:00+00:00' })] })
    expect(await only()).toMatchObject({ id, clearedTime: '2026-03-01T11:00:00.000Z', alarmReactivationCount: 0 })
    await send(a, { alarms: [alarm('ups', { activatedTime: '2026-03-01T12:00:00.000Z' })] })
    const again = await only()
    expect(again).toMatchObject({ id, activatedTime: '2026-03-01T12:00:00.000Z', alarmReactivationCount: 1 })
    expect(again).not.toHaveProperty('clearedTime')
  })

  test('that was active and over between two reports counts too', async () => {
    await send(a, { alarms: [alarm('ups', { clearedTime: '2026-03-01T11:00:00.000Z' })] })
    expect(await only()).toMatchObject({ clearedTime: '2026-03-01T11:00:00.000Z', alarmReactivationCount: 0 })
    await send(a, {
      alarms: [alarm('ups', { activatedTime: '2026-03-01T12:00:00.000Z', clearedTime: '2026-03-01T13:00:00.000Z' })],
    })
    expect(await only()).toMatchObject({ clearedTime: '2026-03-01T13:00:00.000Z', alarmReactivationCount: 1 })
  })

  test('whose text or severity changes stays the same activation', async () => {
    await send(a, { alarms: [alarm('ups')] })
    expect(await send(a, { alarms: [alarm('ups', { message: 'Now it is worse.', severity: 'CRITICAL' })] })).toMatchObject({
      alarms: 1,
    })
    expect(await only()).toMatchObject({ message: 'Now it is worse.', severity: 'CRITICAL', alarmReactivationCount: 0 })
  })

  test('of a device that went cannot be reported', async () => {
    await send(a, { ...all([]), alarms: [] })
    expect((await a.send({ batchId: 'x', alarms: [alarm('ups')] })).status).toBe(422)
  })
})
