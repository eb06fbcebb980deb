import type { Clock } from '../clock.ts'
import { newBlockToken, offsetOfToken } from '../domain/replay-offset.ts'
import { countLines, encodeBlock, partsOf } from './block.ts'
import { frameOf } from './frame.ts'
import { simulation } from './simulation.ts'
import type { StreamResponse } from './stream-response.ts'

const stepMs = 100

export interface SimulationAsked {
  measurementsPerSecond: number
  sensorCount: number
  seed: number
}

/** Sends made-up measurements at the asked rate until the response ends, as blocks like those of the log. Their offsets are nobody's. */
export function simulate(
  response: StreamResponse,
  { measurementsPerSecond, sensorCount, seed }: SimulationAsked,
  clock: Clock,
): void {
  const source = simulation(sensorCount, seed)
  const begunAt = performance.now()
  let sent = 0
  const step = () => {
    if (response.isEnded || response.isOver) {
      clearInterval(timer)
      return
    }
    const due = Math.floor(((performance.now() - begunAt) / 1000) * measurementsPerSecond) + 1 - sent
    // After a pause of the process the rate holds again from now on: what was missed would come all at once.
    const count = Math.min(due, measurementsPerSecond)
    sent += due
    if (count <= 0) return
    for (const part of partsOf(Buffer.from(source.next(count, clock.now()), 'latin1'))) {
      const offset = offsetOfToken(newBlockToken((size) => clock.randomBytes(size)))
      response.send(frameOf(encodeBlock(part, countLines(part), offset)))
    }
  }
  const timer = setInterval(step, stepMs)
  step()
}
