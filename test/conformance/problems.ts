import type { Reply } from './client.ts'

/** Headers that say how far a caller is from its limits, when it was, and how long the rest is. */
const ofTheMoment = new Set(['date', 'ratelimit', 'content-length', 'keep-alive'])

/** A problem as the contract's section 2 has it. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  requestId: string
}

export function problemOf(reply: Reply): Problem {
  return JSON.parse(reply.text) as Problem
}

/**
 * All that tells one refusal from another, for comparison: the status, every header, the body. Left out are the request's id, the date
 * and what is left of a limit, which differ between any two requests.
 */
export function withoutIdentity(reply: Reply): { status: number; headers: string[]; body: string } {
  const { requestId } = problemOf(reply)
  const headers: string[] = []
  for (let i = 0; i < reply.rawHeaders.length; i += 2) {
    const [name = '', value = ''] = reply.rawHeaders.slice(i, i + 2)
    if (!ofTheMoment.has(name.toLowerCase())) headers.push(`${name.toLowerCase()}: ${value.replaceAll(requestId, 'ID')}`)
  }
  return { status: reply.status, headers: headers.sort(), body: reply.text.replaceAll(requestId, 'ID') }
}
