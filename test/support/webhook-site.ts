import type { AlarmReport, Batch, DeviceReport } from '../../src/domain/batch.ts'
import type { Connections, CustomerOfTest, Door } from './door.ts'

/** Alarms of a site: made by `alarm`, and sent in by `report`. `inventory`: these of its devices, as they are now, and no others. */
export interface SiteOfTest {
  alarm(deviceRef: string, ref: string, more?: Partial<AlarmReport>): AlarmReport
  report(...alarms: AlarmReport[]): Promise<void>
  inventory(devices: { one?: Partial<DeviceReport>; two?: Partial<DeviceReport> }): Promise<void>
}

/** A site with devices, each `device` a UPS in room 1 or 2, and a way to report alarms of them. */
export async function siteOf(door: Door, lines: Connections, customer: CustomerOfTest): Promise<SiteOfTest> {
  const { token } = await door.gateway(customer.portal)
  let batches = 0
  const send = async (batch: Partial<Batch>) => {
    batches += 1
    const reply = await lines.batch(door.url, token, { batchId: `b${batches}`, ...batch })
    if (reply.status !== 200) throw new Error(`a batch was answered ${reply.status}: ${reply.text}`)
  }
  const inventory: SiteOfTest['inventory'] = ({ one, two }) =>
    send({
      inventory: {
        full: true,
        locations: [
          { ref: 'hall', type: 'SITE', label: 'Hall' },
          { ref: 'room1', type: 'ROOM', label: 'Room 1', parentRef: 'hall' },
          { ref: 'room2', type: 'ROOM', label: 'Room 2', parentRef: 'hall' },
        ],
        devices: [
          ...(one
            ? [
                {
                  ...{ ref: 'one', type: 'UPS', label: 'UPS 1', locationRef: 'room1', modelName: 'Smart 1500' },
                  ipAddress: '10.1.2.3',
                  ...one,
                },
              ]
            : []),
          ...(two ? [{ ref: 'two', type: 'UPS', label: 'UPS 2', locationRef: 'room2', ...two }] : []),
        ],
      },
    })
  await inventory({ one: {}, two: {} })
  const alarm = (deviceRef: string, ref: string, more: Partial<AlarmReport> = {}): AlarmReport => ({
    ref,
    deviceRef,
    label: `alarm ${ref}`,
    message: 'As written',
    severity: 'WARNING',
    activatedTime: '2026-03-14T09:26:53.589Z',
    ...more,
  })
  return { alarm, inventory, report: (...alarms: AlarmReport[]) => send({ alarms }) }
}
