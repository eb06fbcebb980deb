import { collect, inventoryOf } from './collect.ts'
import type { GatewayConfig } from './config.ts'
import { problemIn } from './gateway.ts'
import { upsdReader } from './nut/read-upsd.ts'
import type { State } from './state.ts'

/** Reads every server once, and gives the batch that would be sent, and what could not be read. Nothing is sent or written. */
export async function checkOnce(config: GatewayConfig, now: string): Promise<{ batch: object; problems: string[] }> {
  let state: State = { instance: 'check', sequence: 1, upses: {}, alarms: {}, serversRead: [] }
  const problems: string[] = []
  for (const server of config.servers) {
    const reader = upsdReader(server, server.ups)
    const reading = await reader.read()
    reader.close()
    problems.push(...[problemIn(server, reading)].filter((problem) => problem !== undefined))
    state = collect(state, server, reading, new Map(), now).state
  }
  return { batch: { batchId: 'check', ...inventoryOf(state, config.servers), alarms: Object.values(state.alarms) }, problems }
}
