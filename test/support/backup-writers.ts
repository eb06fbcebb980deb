import type { Connections, CustomerOfTest } from './door.ts'

/** Gateways that send without a pause, and a consent that goes and comes, until they are stopped. */
export interface Writers {
  /** The labels of the batches that were acknowledged. */
  acknowledged: string[]
  /** How many measurements were. */
  measured(): number
  stop(): Promise<void>
}

export function startWriting(url: string, tokens: readonly string[], customer: CustomerOfTest, lines: Connections): Writers {
  const acknowledged: string[] = []
  let measured = 0
  let writing = true

  const write = async (token: string, writer: number) => {
    for (let number = 1; writing; number += 1) {
      const label = `w${writer} n${number}`
      const { status, text } = await lines.batch(url, token, batchOf(label, number))
      if (status !== 200 && status !== 429) throw new Error(`${status} ${text}`)
      if (status === 200) acknowledged.push(label)
      else number -= 1
      if (status === 200) measured += await measure(token, number)
    }
  }
  const measure = async (token: string, number: number): Promise<number> => {
    const line = { sensorRef: `s${number % 3}`, timestamp: new Date().toISOString(), numericValue: number }
    const target = `${url}/ingest/v1/measurements?batchId=m${number}`
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' }
    const { status, text } = await lines.send('POST', target, headers, Buffer.from(JSON.stringify(line)))
    if (status !== 200 && status !== 429) throw new Error(`${status} ${text}`)
    return status === 200 ? JSON.parse(text).accepted : 0
  }
  const consent = async () => {
    while (writing) {
      await customer.portal.send('DELETE', `/partnerships/${customer.partnershipId}/consent`)
      await customer.portal.send('PUT', `/partnerships/${customer.partnershipId}/consent`, {})
    }
  }

  const busy = Promise.all([...tokens.map(write), consent()])
  return {
    acknowledged,
    measured: () => measured,
    stop: async () => {
      writing = false
      await busy
    },
  }
}

function batchOf(label: string, number: number) {
  return {
    batchId: label.replace(' ', '.'),
    inventory: {
      full: true,
      locations: [],
      devices: [
        { ref: 'ups', type: 'UPS', label },
        { ref: `d${number}`, type: 'PDU', label },
      ],
    },
    sensors: { full: true, sensors: [{ ref: `s${number % 3}`, deviceRef: 'ups', label, type: 'LOAD' }] },
    alarms: [
      {
        ref: `a${number}`,
        deviceRef: 'ups',
        label,
        message: label,
        severity: 'WARNING' as const,
        activatedTime: new Date().toISOString(),
      },
    ],
  }
}
