import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { ServerSecrets } from './domain/server-secrets.ts'
import type { AccessRecord } from './http/access-record.ts'
import type { LastUse } from './http/last-use.ts'
import type { Limits } from './http/limits.ts'
import type { Metrics } from './http/metrics.ts'
import type { SeenKeys } from './http/seen-keys.ts'
import type { Appender } from './measurements/appender.ts'
import type { SensorNames } from './measurements/sensor-names.ts'
import type { Streams } from './measurements/streams.ts'
import type { Threads } from './measurements/threads.ts'
import type { Ask } from './outside/ask.ts'
import type { Database } from './store/database.ts'
import type { Glances } from './store/glances.ts'

/** What main.ts makes once and every part is given. */
export interface Context {
  config: Config
  db: Database
  glances: Glances
  clock: Clock
  startedAt: Date
  log: FastifyBaseLogger
  secrets: ServerSecrets
  limits: Limits
  seenKeys: SeenKeys
  lastUse: LastUse
  accesses: AccessRecord
  metrics: Metrics
  appender: Appender
  sensorNames: SensorNames
  streams: Streams
  /** Whether this is the world to try, which this installation made of itself: its vendor reads mails with their links. */
  isWorldToTry: boolean
  threads: Threads
  /** Asks other hosts: the one guarded way. */
  outside: Ask
}
