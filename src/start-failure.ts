interface Failure extends Error {
  code?: string
  syscall?: string
  path?: string
  address?: string
  port?: number
  errors?: Error[]
}

/** What a person can do about each of the system's refusals to open a file or directory. */
const fileCodes = ['EACCES', 'EEXIST', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS']

/** Class 28 of PostgreSQL's errors is authentication; 3D000 is a database that is not there; 42501 is a right that is lacking. */
const databaseCodes = /^(28|3D000|42501|57P|53)/

/** Why the server does not start, as one line that says what to do. Never holds a secret: addresses of databases are not repeated. */
export function whyNotStarted(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const failure = (error instanceof AggregateError ? error.errors[0] : error) as Failure
  const { code = '', path, message } = failure
  if (failure.syscall === 'listen' || (failure.syscall === 'getaddrinfo' && failure.port !== undefined))
    return portFailure(failure)
  if (path !== undefined && fileCodes.includes(code) && failure.syscall !== 'connect') {
    return `${path} cannot be used as or in a data directory (${code}). Name another directory with --data, or ASSENT_DATA.`
  }
  if (
    databaseCodes.test(code) ||
    ['connect', 'getaddrinfo'].includes(failure.syscall ?? '') ||
    /timeout exceeded when trying to connect/.test(message)
  ) {
    return `The database that DATABASE_URL names cannot be used: ${message}. Check the address, that it runs, and that the user may own the schema.`
  }
  return message.replaceAll(/\s*\n\s*/g, ' ')
}

function portFailure({ code, address, port, message }: Failure): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} of ${address} is in use. Stop what uses it, or name another with --port (or --metrics-port).`
  if (code === 'EACCES')
    return `Port ${port} of ${address} is not for this user: ports below 1024 need rights of their own. Name another with --port.`
  return `It cannot listen: ${message}. Name an address of this machine with --host.`
}
