import { randomBytes } from 'node:crypto'
import type { Step } from '../conformance/world.ts'

/** A person's session at the management API. */
export interface Portal {
  /** Whose it is. */
  person: { email: string; password: string }
  /** Sends a request and answers its body; undefined where there is none. Throws where it is not answered with 2xx. */
  send<Answer = unknown>(method: string, path: string, body?: object): Promise<Answer>
  /** The same request, written down for others to send. */
  step(method: string, path: string, body?: object): Step
}

export async function signIn(url: string, { email, password }: Portal['person']): Promise<Portal> {
  return portal(url, await begin(url, '/session', { email, password }), { email, password })
}

/** A new administrator's session, by a set-up link of a company. */
export async function accountOf(url: string, link: string, email: string): Promise<Portal> {
  const token = new URL(link).hash.slice(1)
  const password = randomBytes(15).toString('base64url')
  return portal(url, await begin(url, '/setup', { token, name: 'Robin Example', email, password }), { email, password })
}

/** A session of a new person who accepts an invitation. */
export async function joined(url: string, token: string, email: string): Promise<Portal> {
  const password = randomBytes(15).toString('base64url')
  const begun = await begin(url, '/invitations/acceptance', { token, name: 'Robin Example', password })
  return portal(url, begun, { email, password })
}

/** The cookie that a request is answered with. */
async function begin(url: string, path: string, body: object): Promise<string> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`POST ${path} was answered ${answer.status}: ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

function portal(url: string, begun: string, person: Portal['person']): Portal {
  const cookies = new Map<string, string>()
  const keep = (all: string[]) => {
    for (const one of all) {
      const [name = '', value = ''] = one.split(/=(.*)/s)
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
  }
  keep(begun.split('; '))
  const headers = () => ({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), origin: url })
  return {
    person,
    step: (method, path, body) => ({
      request: { method, url: `${url}/api/v1${path}`, headers: headers(), ...(body === undefined ? {} : { body }) },
    }),
    send: async <Answer>(method: string, path: string, body?: object) => {
      const json = body === undefined ? {} : { body: JSON.stringify(body) }
      const type = body === undefined ? {} : { 'content-type': 'application/json' }
      const answer = await fetch(`${url}/api/v1${path}`, { method, headers: { ...headers(), ...type }, ...json })
      // As a browser does: some answers go on under another cookie.
      keep(answer.headers.getSetCookie().map((one) => one.split(';', 1)[0] as string))
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as Answer
    },
  }
}
