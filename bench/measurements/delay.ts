import { type Measured, quantile, type Stage } from '../stage.ts'
import { livePath } from './delivery.ts'

const readers = 100
const runMs = 20_000
/** With so late timers and echoes the machine says nothing about the server. */
const echoMsMax = 100

/** The 99th percentile, in ms, of how long reports take to all readers, beyond that of a bare timer and echo at the same time. */
export async function delayMs(stage: Stage): Promise<Measured> {
  const { server, world, delaying } = stage
  const echo = await stage.started('baselines/echo.ts', [])
  const { hostname, port } = new URL(echo.url)
  const { reports, echoes } = await delaying.ask({
    url: server.url,
    path: livePath(world.busy.organization),
    keys: world.site.keys,
    readers,
    gateways: world.busy.gateways.map(({ refs, ids, token }) => ({ refs, ids, token })),
    echo: { host: hostname, port: Number(port) },
    ms: runMs,
  })
  await echo.stop()
  const [own, bare] = [quantile(reports, 0.99), quantile(echoes, 0.99)]
  if (process.env.BENCH_VERBOSE) {
    console.error(`  median ${quantile(reports, 0.5).toFixed(1)} ms, p99 ${own.toFixed(1)} ms; echo's p99 ${bare.toFixed(1)} ms`)
  }
  return { value: own - bare, unmeasurable: bare > echoMsMax }
}
