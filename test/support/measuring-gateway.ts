import type { Portal } from './portal-session.ts'

const everyMs = 700
const sensors = [
  { ref: 'load', deviceRef: 'ups', label: 'Load', type: 'LOAD', unit: '%' },
  { ref: 'state', deviceRef: 'ups', label: 'State', type: 'STATE' },
]

/**
 * A new gateway of a customer, which sends measurements of two sensors in the rhythm that the conformance suite asks for, until the function
 * is called that this resolves with. What it is answered is not looked at from then on: a customer may be suspended meanwhile.
 */
export async function startMeasuring(url: string, customer: Portal): Promise<() => Promise<void>> {
  const { token } = await customer.send<{ token: string }>('POST', '/gateways', { name: 'Measuring' })
  const post = (path: string, type: string, body: string) =>
    fetch(`${url}/ingest/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body,
    })
  const devices = [{ ref: 'ups', type: 'UPS', label: 'UPS' }]
  const reported = { batchId: 'devices', inventory: { full: true, locations: [], devices }, sensors: { full: true, sensors } }
  const answer = await post('/batches', 'application/json', JSON.stringify(reported))
  if (!answer.ok) throw new Error(`The gateway's batch was answered ${answer.status}: ${await answer.text()}`)

  let count = 0
  let underWay: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    count += 1
    const timestamp = new Date().toISOString()
    const lines = [
      { sensorRef: 'load', timestamp, numericValue: count / 10 },
      { sensorRef: 'state', timestamp, stringValue: count % 2 ? 'On' : 'Off' },
    ]
    const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    underWay = post(`/measurements?batchId=measured.${count}`, 'application/x-ndjson', body).then(
      (got) => got.text(),
      () => {},
    )
  }, everyMs)
  return async () => {
    clearInterval(timer)
    await underWay
  }
}
