import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startServer, type TestServer, type TestServerOptions } from './server.ts'

/** An answer of the management API, its body parsed; `undefined` where there is none. */
export interface Answer {
  status: number
  /** As JSON.parse gives it, unchecked: the tests look into bodies of many forms, and expect what must be there. */
  body: ReturnType<typeof JSON.parse>
  headers: Headers
}

/** Asks as one caller. */
export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/** A company with an administrator who is signed in. */
export interface Staffed {
  id: string
  partnerId?: string
  email: string
  ask: Ask
}

export interface Managed {
  server: TestServer
  /** Asks as nobody. */
  ask: Ask
  /** Asks as the vendor's command line. */
  vendor: Ask
  /** Asks with these headers. */
  asking(headers: Record<string, string>): Ask
  /** Makes a company, and an account for it. */
  staffed(kind: 'partner' | 'customer', name: string, role?: string): Promise<Staffed>
  /** Adds an account to a company, signed in. */
  addMember(company: string, role: string): Promise<Staffed>
  close(): Promise<void>
}

export const testPassword = 'a long enough password'

let people = 0

/** A server with what a test of the management API needs. */
export async function startManaged(options: TestServerOptions = {}): Promise<Managed> {
  const server = await startServer(options)
  const asking =
    (fixed: Record<string, string>): Ask =>
    async (method, path, body, headers = {}) => {
      const response = await fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...fixed, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      return {
        status: response.status,
        body: isJson(response) && text !== '' ? JSON.parse(text) : undefined,
        headers: response.headers,
      }
    }
  const ask = asking({})
  const vendor = asking({ authorization: `Bearer ${readFileSync(join(server.dataDir, 'cli-token'), 'utf8').trim()}` })

  const addMember = async (company: string, role: string): Promise<Staffed> => {
    people += 1
    const email = `person${people}@example.com`
    const link = await vendor('POST', `/companies/${company}/setup-links`, { role, email })
    const token = String(link.body.url).split('#')[1]
    const session = await ask('POST', '/setup', { token, name: `Person ${people}`, password: testPassword })
    if (session.status !== 201) throw new Error(`no account: ${JSON.stringify(session.body)}`)
    return { id: company, email, ask: asking({ cookie: cookieOf(session), origin: server.url }) }
  }
  return {
    server,
    ask,
    vendor,
    asking,
    addMember,
    staffed: async (kind, name, role = 'administrator') => {
      const { body } = await vendor('POST', '/companies', { kind, name })
      return { ...(await addMember(body.id, role)), partnerId: body.partnerId }
    },
    close: () => server.close(),
  }
}

function isJson(response: Response): boolean {
  return /json/.test(response.headers.get('content-type') ?? '')
}

/** The Cookie header that a browser would send after this answer. */
export function cookieOf(answer: Answer): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

/** Which problem of the catalogue an answer is. */
export function codeOfProblem({ body }: Answer): string | undefined {
  return String(body?.type).split('#')[1]
}

/** Connects a customer and a partner; answers the partnership's id. */
export async function connect({ vendor }: Managed, customer: Staffed, partner: Staffed): Promise<string> {
  const { body } = await vendor('POST', '/partnerships', { customerId: customer.id, partnerId: partner.partnerId })
  return body.id
}

/** A moment so many days from now. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString()
}
