import { randomBytes } from 'node:crypto'
import type { Step } from '../conformance/world.ts'

/** A person's session at the management API. */
export interface Portal {
  /** Sends a request and answers its body; undefined where there is none. Throws where it is not answered with 2xx. */
  send<Answer = unknown>(method: string, path: string, body?: object): Promise<Answer>
  /** The same request, written down for others to send. */
  step(method: string, path: string, body?: object): Step
}

export async function signIn(url: string, { email, password }: { email: string; password: string }): Promise<Portal> {
  return portal(url, await begin(url, '/session', { email, password }))
}

/** A new administrator's session, by a set-up link of a company. */
export async function accountOf(url: string, link: string, email: string): Promise<Portal> {
  const token = new URL(link).hash.slice(1)
  const password = randomBytes(15).toString('base64url')
  return portal(url, await begin(url, '/setup', { token, name: 'Robin Example', email, password }))
}

/** A session of a new person who accepts an invitation. */
export async function joined(url: string, token: string): Promise<Portal> {
  const password = randomBytes(15).toString('base64url')
  return portal(url, await begin(url, '/invitations/acceptance', { token, name: 'Robin Example', password }))
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

function portal(url: string, cookie: string): Portal {
  const headers = { cookie, origin: url }
  return {
    step: (method, path, body) => ({
      request: { method, url: `${url}/api/v1${path}`, headers, ...(body === undefined ? {} : { body }) },
    }),
    send: async <Answer>(method: string, path: string, body?: object) => {
      const json = body === undefined ? {} : { body: JSON.stringify(body) }
      const type = body === undefined ? {} : { 'content-type': 'application/json' }
      const answer = await fetch(`${url}/api/v1${path}`, { method, headers: { ...headers, ...type }, ...json })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as Answer
    },
  }
}
