import type { Scene } from './access-scene.ts'
import { type Operation, operations, pathOf } from './contract.ts'
import type { Reply } from './door.ts'
import { openStream, type ReadStream } from './measurement-stream.ts'
import type { TestServer } from './server.ts'

/** As an offset is written, and never given to anybody. */
export const offsetOfNobody = 'AAAAAAAAAAAAAAAAAAAAAA'

/** By hand, from the issue: how many streams a key has that covers up to five customers. */
const streamsPerKey = 10

type Query = Record<string, string>

/** Asks one operation as a caller of the scene for an organization of it. */
type Ask = (
  operationId: string,
  caller: string,
  organization: string,
  more: { headers?: Record<string, string>; query?: Query },
) => Promise<{ reply: Reply }>

const malformedQueries: [operationId: string, query: Query][] = [
  ...['0', '10001', '1.5', '-1', '', 'many'].map((measurementsPerSecond): [string, Query] => [
    'simulatedLiveMeasurements',
    { measurementsPerSecond },
  ]),
  ['simulatedLiveMeasurements', { sensorCount: '100001' }],
  ['simulatedLiveMeasurements', { seed: 'x' }],
  ['replayMeasurements', {}],
  ['replayMeasurements', { fromOffset: offsetOfNobody }],
  ['replayMeasurements', { fromOffset: 'a/b', toOffset: offsetOfNobody }],
  ['replayMeasurements', { fromOffset: offsetOfNobody, toOffset: '' }],
]

const streams = operations.filter(({ isStream }) => isStream)

/**
 * Asks streams in the way that a row of the access matrix names: "without gzip", with a "malformed query", with "offsets of nobody" or of
 * another organization; "a stream too many" is asked while the key has as many as it may have. No replies: there is no such way.
 */
export async function askStreams(
  ask: Ask,
  { server, scene }: { server: TestServer; scene: Scene },
  { caller, organization, how }: { caller: string; organization: string; how: string },
): Promise<{ reply: Reply }[]> {
  const offsetOf = (name: string) => scene.replayOffsets[scene.organizations[name] as string] as string
  const pairs: Record<string, [from: string, to: string][]> = {
    'offsets of nobody': [[offsetOfNobody, offsetOfNobody]],
    'offsets of another organization': [[offsetOf('covered, in the set'), offsetOf('covered, in the set')]],
    'one offset of another organization': [
      [offsetOf(organization), offsetOf('covered, in the set')],
      [offsetOf('covered, in the set'), offsetOf(organization)],
    ],
  }
  const replays = pairs[how]?.map(([fromOffset, toOffset]) =>
    ask('replayMeasurements', caller, organization, { query: { fromOffset, toOffset } }),
  )
  if (replays) return Promise.all(replays)

  const headers = how.includes('without gzip') ? { 'accept-encoding': 'br, gzip;q=0' } : {}
  const every = () => {
    if (how.includes('malformed query'))
      return malformedQueries.map(([operationId, query]) => ask(operationId, caller, organization, { headers, query }))
    if (!/without gzip|a stream too many/.test(how)) return []
    return streams.map(({ operationId }) => ask(operationId, caller, organization, { headers }))
  }
  const open = how.startsWith('a stream too many') ? await openAll(server, scene, caller) : []
  try {
    return await Promise.all(every())
  } finally {
    for (const stream of open) stream.close()
  }
}

/** As many streams of the demo organization as a key may have. Throws where one is refused. */
async function openAll(server: TestServer, scene: Scene, caller: string): Promise<ReadStream[]> {
  const key = String(scene.callers[caller]?.headers.authorization).slice('Bearer '.length)
  const path = pathOf(streams[0] as Operation, { organizationId: scene.organizations.demo as string })
  const open: ReadStream[] = []
  for (let stream = 0; stream < streamsPerKey; stream += 1) open.push(await openStream(`${server.url}/rest/v1${path}`, key))
  const refused = open.find(({ status }) => status !== 200)
  if (refused) throw new Error(`A stream of the first ${streamsPerKey} was answered ${refused.status}.`)
  return open
}
