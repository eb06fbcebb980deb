import type { Connections, CustomerOfTest } from './door.ts'

/** Gateways that send without a pause, and a consent that goes and comes, until they are stopped. */
export interface Writers {
  /** The labels of the batches that were acknowledged. */
  acknowledged: string[]
  stop(): Promise<void>
}

export function startWriting(url: string, tokens: readonly string[], customer: CustomerOfTest, lines: Connections): Writers {
  const acknowledged: string[] = []
  let writing = true

  const write = async (token: string, writer: number) => {
    for (let number = 1; writing; number += 1) {
      const label = `w${writer} n${number}`
      const { status, text } = await lines.batch(url, token, batchOf(label, number))
      if (status !== 200 && status !== 429) throw new Error(`${status} ${text}`)
      if (status === 200) acknowledged.push(label)
      else number -= 1
    }
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
