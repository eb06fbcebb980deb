import { collect, inventoryOf } from './collect.ts'
import type { GatewayConfig } from './config.ts'
import { problemIn } from './gateway.ts'
import { measured } from './measure.ts'
import { upsdReader } from './nut/read-upsd.ts'
import type { State } from './state.ts'

/** Reads every server once, and gives what would be sent, and what could not be read. Nothing is sent or written. */
export async function checkOnce(config: GatewayConfig, now: string): Promise<{ found: object; problems: string[] }> {
  let state: State = { instance: 'check', sequence: 1, upses: {}, alarms: {}, serversRead: [] }
  const problems: string[] = []
  const measurements: object[] = []
  for (const server of config.servers) {
    const reader = upsdReader(server, server.ups)
    const reading = await reader.read()
    reader.close()
    problems.push(...[problemIn(server, reading)].filter((problem) => problem !== undefined))
    measurements.push(...measured(server, reading, now).lines.map((line) => JSON.parse(line) as object))
    state = collect(state, server, reading, new Map(), now).state
  }
  return { found: { ...inventoryOf(state, config.servers), alarms: Object.values(state.alarms), measurements }, problems }
}
