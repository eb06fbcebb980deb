import { type Logger, pino } from 'pino'

/** Lines are written together: one write a request costs as much as much of the request does. */
const writeFromBytes = 8192
/** A line is written at most this much later. A process that is killed (SIGKILL) loses the lines of this time. */
const writeWithinMs = 200

let standardError: ReturnType<typeof pino.destination> | undefined

/** The log, as JSON lines on standard error. What is not yet written when the process ends is written then. */
export function openLog(level: string): Logger {
  standardError ??= opened()
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: withoutValues } }, standardError)
}

/** What may hold a row or a statement's values, and with them hashes, names and addresses of people (I8). */
const valued = ['detail', 'params', 'query', 'queryOptions', 'where', 'aggregateErrors']

/** An error as it is logged. Both engines' errors carry the values of what failed; its code, constraint and stack are enough. */
function withoutValues(error: Error): object {
  return Object.fromEntries(Object.entries(pino.stdSerializers.err(error)).filter(([name]) => !valued.includes(name)))
}

function opened() {
  const destination = pino.destination({ dest: 2, minLength: writeFromBytes, periodicFlush: writeWithinMs })
  process.once('exit', () => destination.flushSync())
  return destination
}
