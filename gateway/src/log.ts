export type LogLevel = 'info' | 'warn' | 'error'
/** Writes one event. `fields` never hold the token or a password. */
export type Log = (level: LogLevel, message: string, fields?: Record<string, unknown>) => void

/** A log of JSON lines. */
export function jsonLog(write: (line: string) => void, now: () => Date): Log {
  return (level, message, fields = {}) => write(`${JSON.stringify({ time: now().toISOString(), level, message, ...fields })}\n`)
}
