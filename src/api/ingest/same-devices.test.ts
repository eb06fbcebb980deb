import { afterAll, beforeAll, expect, test } from 'vitest'
import { newGateway, newOrganization } from '../../../test/support/ingest.ts'
import { startServer, type TestServer } from '../../../test/support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

test('a device that another one of the batch gives its serial number to is found in that batch, not with the next', async () => {
  const organization = await newOrganization(server)
  const [first, second] = [await newGateway(server, organization), await newGateway(server, organization)]
  const whole = { ref: 'whole', type: 'PDU', label: 'Rack', serialNumber: 'P1' }
  const inventory = (part: object, other: object) => ({
    full: true,
    locations: [],
    devices: [
      whole,
      { ref: 'part', type: 'OUTLET', label: 'A', parentRef: 'whole', ...part },
      { ref: 'other', type: 'UPS', label: 'B', ...other },
    ],
  })
  for (const gateway of [first, second]) {
    const answer = await gateway.send({ batchId: 'known', inventory: inventory({}, { serialNumber: 'S2' }) })
    expect(answer.status).toBe(200)
  }

  // What the second gateway called `other` turns out to be a third device, so that `part` may be the one with S2.
  const exchanged = { inventory: inventory({ serialNumber: 'S2' }, { serialNumber: 'S3' }) }
  const alarms = [
    {
      ref: 'a',
      deviceRef: 'part',
      label: 'Overload',
      message: 'Overload',
      severity: 'WARNING' as const,
      activatedTime: '2026-01-01T00:00:00.000Z',
    },
  ]
  expect((await second.send({ batchId: 'exchanged', ...exchanged, alarms })).status).toBe(200)
  const again = await second.send({ batchId: 'exchanged-again', ...exchanged, alarms })
  expect(again.body.changed).toEqual({ inventory: 0, sensors: 0, alarms: 0 })
})
