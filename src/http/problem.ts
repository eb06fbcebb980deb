import { keyProblems } from './key-problems.ts'
import { signInProblems } from './sign-in-problems.ts'
import { siteProblems } from './site-problems.ts'
import { webhookProblems } from './webhook-problems.ts'

/**
 * Every problem that a caller can act on: code → status, title, and the sentence that says what to do (RFC 9457). The errors
 * page of the documentation is printed from this. Codes are stable: programs may tell problems by their `type`.
 */
export const problems = {
  'key-refused': {
    status: 401,
    title: 'The key is not accepted',
    detail:
      'Send a valid API key as "Authorization: Bearer <key>", from a network that it allows. If this one was deleted, disabled or has expired, generate a new one.',
  },
  ...signInProblems,
  'gateway-refused': {
    status: 401,
    title: 'The gateway token is not accepted',
    detail: 'Send the token that was shown when the gateway was added. If it is lost, add the gateway anew.',
  },
  'not-covered': {
    status: 403,
    title: 'This organization is not covered',
    detail: 'This key does not cover this organization now. GET /rest/v1/organizations lists those that it covers.',
  },
  'not-allowed': {
    status: 403,
    title: 'Not allowed',
    detail: 'Your role does not include this. Ask an administrator of your company.',
  },
  'cross-site': {
    status: 403,
    title: 'Cross-site request refused',
    detail: 'A request with a session must come from the portal itself. Programs send an access token instead.',
  },
  'device-not-found': {
    status: 404,
    title: 'No such device',
    detail: 'This organization has no device with this id now. Its inventory lists the devices that it has.',
  },
  'link-not-valid': {
    status: 404,
    title: 'This link is not valid',
    detail: 'The link was used, has expired, or was not copied whole. Ask whoever sent it for a new one.',
  },
  'not-found': { status: 404, title: 'Not found', detail: 'There is nothing under this address for you.' },
  'method-not-allowed': {
    status: 405,
    title: 'Method not allowed',
    detail: 'This address does not take this method. See the API documentation.',
  },
  'offset-malformed': {
    status: 400,
    title: 'Malformed offset',
    detail: 'The offset is a whole number from 0 to 9007199254740991, as it came with a list or with changes.',
  },
  'replay-offset-unusable': {
    status: 400,
    title: 'Unusable offset',
    detail:
      'fromOffset and toOffset are offsets that came with measurements of this organization, the first not behind the second. One expires with the ' +
      'measurements after it (72 hours or more), and with the consent under which it came. Go on with the live stream.',
  },
  'request-malformed': {
    status: 400,
    title: 'Malformed request',
    detail: 'The request could not be read. See the API documentation for its form.',
  },
  'visits-not-allowed': {
    status: 409,
    title: 'This company is not viewed',
    detail: 'It has forbidden that the vendor views its portal, or is suspended; the vendor and the demo company never are.',
  },
  'not-a-customer': { status: 409, title: 'Not a customer', detail: 'Only a customer has subscriptions.' },
  'email-taken': {
    status: 409,
    title: 'This address has an account',
    detail: 'Somebody signs in with this email address already. Give another one.',
  },
  'customer-already-invited': {
    status: 409,
    title: 'Already invited',
    detail: 'You have invited this address, and its link still works. Send the invitation again, or revoke it.',
  },
  'already-invited': {
    status: 409,
    title: 'Already invited',
    detail: 'This co-worker has an invitation that is not over, or is a member already. Invite another co-worker.',
  },
  'invited-other-address': {
    status: 409,
    title: 'The invitation is for another address',
    detail: 'You are signed in with another address than the invited one. Sign out, and open the link again.',
  },
  'email-not-verified': {
    status: 409,
    title: 'This address is not verified',
    detail: 'An invitation is for its verified address alone. Verify yours, then open the link again.',
  },
  'in-a-company': {
    status: 409,
    title: 'You belong to a company',
    detail: 'One person belongs to one company. Leave the present one first, or ask for an invitation under another address.',
  },
  'last-administrator': {
    status: 409,
    title: 'The last administrator',
    detail: 'A company needs an administrator. Make somebody else one first, or close the company.',
  },
  'two-factor-on': {
    status: 409,
    title: 'Two-factor sign-in is on',
    detail: 'Turn it off before you set it up with another app.',
  },
  'two-factor-off': { status: 409, title: 'Two-factor sign-in is off', detail: 'Set it up first.' },
  'two-factor-required': {
    status: 409,
    title: 'Two-factor sign-in is required',
    detail: 'Your company requires it, so it cannot be turned off. For another device, ask an administrator to reset it.',
  },
  'partner-id-taken': {
    status: 409,
    title: 'This Partner ID is taken',
    detail: 'Another partner has it. Give another one, or none: it is then made of the name.',
  },
  'partner-not-found': {
    status: 404,
    title: 'No such partner',
    detail: 'No partner has this Partner ID. Ask the partner for it.',
  },
  'already-connected': {
    status: 409,
    title: 'Already connected',
    detail: 'This customer is connected to this partner. GET /api/v1/partnerships lists what is connected.',
  },
  'licence-key-refused': {
    status: 422,
    title: 'The licence key is not accepted',
    detail: 'It is mistyped, or no licence key of this portal. Copy it whole, as it was given to you.',
  },
  'licence-key-used': { status: 409, title: 'Licence key was used', detail: 'It was redeemed or withdrawn. Ask for another.' },
  'subscription-overlap': {
    status: 409,
    title: 'Subscriptions overlap',
    detail: 'The company has another subscription in this period. Extend or terminate that one, or begin after its end.',
  },
  'subscription-closed': {
    status: 409,
    title: 'This subscription is closed',
    detail: 'It has ended, was terminated, or was canceled and so is not extended. Start a new one.',
  },
  'name-not-repeated': {
    status: 422,
    title: 'Not the name of the company',
    detail: "Type the company's name as it stands, so that no company is closed by mistake.",
  },
  'address-not-repeated': {
    status: 422,
    title: 'Not the address of your account',
    detail: 'Type the address that you sign in with, so that no account is erased by mistake.',
  },
  'company-closed': {
    status: 409,
    title: 'This company is closed',
    detail: 'A closed company is not resumed. Take it back first: DELETE /api/v1/companies/{companyId}/closing.',
  },
  'mail-not-retried': {
    status: 409,
    title: 'This mail is not tried again',
    detail:
      'It was sent, or it had a link, which went when it was given up. Do anew what the mail was about: that sends another.',
  },
  'gzip-required': {
    status: 406,
    title: 'Only gzip is served',
    detail: 'Measurements are streamed compressed, and no other way. Send "Accept-Encoding: gzip".',
  },
  'too-many-streams': {
    status: 429,
    title: 'Too many streams',
    detail: 'As many streams as one caller may have are open. Close one, or wait as many seconds as Retry-After says.',
  },
  ...keyProblems,
  ...webhookProblems,
  ...siteProblems,
  'request-timeout': {
    status: 408,
    title: 'The request took too long',
    detail: 'The request did not come whole within 60 seconds. Send it again, at once.',
  },
  'request-too-large': { status: 413, title: 'Request too large', detail: 'Send less at once.' },
  'batch-refused': {
    status: 422,
    title: 'The batch holds a bad record',
    detail: 'Nothing of this batch was stored. "errors" names each bad record by its place, with what to do.',
  },
  'batch-id-reused': {
    status: 409,
    title: 'This batch id is taken',
    detail: 'A batch with this id and another content was stored before. Give each batch an id of its own.',
  },
  'media-type': { status: 415, title: 'Unsupported media type', detail: 'Send JSON, with "Content-Type: application/json".' },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    detail: 'Wait as many seconds as Retry-After says, then go on.',
  },
  internal: {
    status: 500,
    title: 'Our fault',
    detail: 'Something failed here. Try again; if it lasts, report the request id to whoever runs this server.',
  },
  unavailable: {
    status: 503,
    title: 'Not available now',
    detail: 'The server is starting, stopping or overloaded. Try again shortly.',
  },
} as const satisfies Record<string, { status: number; title: string; detail: string }>

export type ProblemCode = keyof typeof problems

/** What a problem may carry besides its catalogue entry. `headers` go to the answer, all else into the body. */
export interface ProblemMore {
  detail?: string
  headers?: Record<string, string | string[]>
  extension?: Record<string, unknown>
}

/** A problem that the caller can act on. Throw it anywhere below a handler; the frame answers it. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly more: ProblemMore

  constructor(code: ProblemCode, more: ProblemMore = {}) {
    super(more.detail ?? problems[code].detail)
    this.code = code
    this.more = more
  }
}

export function problem(code: ProblemCode, more?: ProblemMore): Problem {
  return new Problem(code, more)
}

/** The answer's body, as JSON text (RFC 9457): `type` names the entry of the errors page. */
export function problemBody(code: ProblemCode, requestId: string, baseUrl: string, more: ProblemMore = {}): string {
  const { status, title, detail } = problems[code]
  return JSON.stringify({
    type: `${baseUrl}/docs/errors#${code}`,
    title,
    status,
    detail: more.detail ?? detail,
    requestId,
    ...more.extension,
  })
}
