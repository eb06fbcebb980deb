import { createManagementClient, type ManagementSchemas } from '@assent/client'
import { ownWordsFor } from './own-words.ts'
import { problemTexts as texts } from './texts/problems.ts'

export type AccessGap = ManagementSchemas['AccessGap']
export type AccessReader = ManagementSchemas['AccessReader']
export type AccessSum = ManagementSchemas['AccessSum']
export type Account = ManagementSchemas['Account']
export type Activity = ManagementSchemas['Activity']
export type ActVerification = ManagementSchemas['ActVerification']
export type Company = ManagementSchemas['Company']
export type CoverageChange = ManagementSchemas['CoverageChange']
export type Customer = ManagementSchemas['ConnectedCustomer']
export type CustomerInvitation = ManagementSchemas['CustomerInvitation']
export type DataKinds = ManagementSchemas['DataKinds']
export type DeviceDetails = ManagementSchemas['DeviceDetails']
export type FoundPartner = ManagementSchemas['FoundPartner']
export type Gateway = ManagementSchemas['Gateway']
export type Installation = ManagementSchemas['Installation']
export type InstallationState = ManagementSchemas['InstallationState']
export type Invitation = ManagementSchemas['Invitation']
export type Key = ManagementSchemas['Key']
export type KeyUsage = ManagementSchemas['KeyUsage']
export type KeyOrganization = ManagementSchemas['KeyOrganization']
export type Language = NonNullable<Account['language']>
export type LicenceKey = ManagementSchemas['LicenceKey']
export type Limits = ManagementSchemas['Limits']
export type ListedSensor = ManagementSchemas['ListedSensor']
export type ListedReceipt = ManagementSchemas['ListedReceipt']
export type AlarmMails = ManagementSchemas['AlarmMails']
export type AlarmInFull = ManagementSchemas['AlarmInFull']
export type AlarmVersion = ManagementSchemas['AlarmVersion']
export type InventoryTree = ManagementSchemas['InventoryTree']
export type ListedAlarm = ManagementSchemas['ListedAlarm']
export type Severity = ListedAlarm['severity']
export type SiteState = ManagementSchemas['SiteState']
export type TreeDevice = ManagementSchemas['TreeDevice']
export type TreeLocation = ManagementSchemas['TreeLocation']
export type Mail = ManagementSchemas['Mail']
export type MailInFull = ManagementSchemas['MailInFull']
export type Member = ManagementSchemas['Member']
export type MeasuredSensor = ManagementSchemas['MeasuredSensor']
export type HistoryPoint = ManagementSchemas['HistoryPoint']
export type OwnSession = ManagementSchemas['OwnSession']
export type Partner = ManagementSchemas['Partner']
export type Partnership = ManagementSchemas['Partnership']
export type ReadAccess = ManagementSchemas['ReadAccess']
export type Reason = KeyOrganization['reasons'][number]
export type Retention = ManagementSchemas['Retention']
export type Role = Member['role']
export type Session = ManagementSchemas['Session']
export type SignInProvider = ManagementSchemas['SignInProvider']
export type Subscription = ManagementSchemas['Subscription']
export type Webhook = ManagementSchemas['Webhook']
export type WebhookDelivery = ManagementSchemas['WebhookDelivery']
export type WebhookDeliveryDetails = ManagementSchemas['WebhookDeliveryDetails']

/** The management API, by the portal's session. The portal has no other way to data (I10). */
export const api = createManagementClient()

/** Asks the person to prove to be there still; resolves with whether that was done. */
let confirm: (() => Promise<boolean>) | undefined

/** The one place where a request that asks for a confirmation gets it, and is then sent again by itself. */
export function confirmBy(ask: () => Promise<boolean>): void {
  confirm = ask
}

const copies = new WeakMap<Request, Request>()
api.use({
  onRequest: ({ request }) => {
    copies.set(request, request.clone())
  },
  onResponse: async ({ request, response }) => {
    const copy = copies.get(request)
    if (response.status !== 403 || !copy || !confirm || !(await response.clone().text()).includes('#confirmation-needed')) {
      return undefined
    }
    return (await confirm()) ? fetch(copy) : undefined
  },
})

/** What the server answered instead of the result (RFC 9457), or that it could not be reached (status 0). */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly requestId: string | undefined

  constructor(problem: { status: number; code: string; title: string; detail: string; requestId?: string | undefined }) {
    super(problem.detail)
    this.status = problem.status
    this.code = problem.code
    this.title = problem.title
    this.requestId = problem.requestId
  }
}

/**
 * The body of a call's answer.
 * @throws {ApiProblem} for every other status, and where the server cannot be reached.
 */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call.catch(() => {
    throw new ApiProblem(unreachable)
  })
  if (response.ok) {
    return data as T
  }
  throw await problemOf(error, response)
}

type ProblemBody = ManagementSchemas['Problem']

const unreachable = { status: 0, code: 'unreachable', ...texts.unreachable }

/** In the portal's own words where it has some. That nobody is signed in is asked with each first page, and is not worth loading them. */
async function problemOf(body: unknown, { status, headers }: Response): Promise<ApiProblem> {
  const told = (typeof body === 'object' && body !== null ? body : {}) as Partial<ProblemBody>
  const code = told.type?.split('#')[1] ?? 'unknown'
  const own = code === 'not-signed-in' ? texts.notSignedIn : await ownWordsFor(code, told, headers)
  return new ApiProblem({ status, code, ...(own ?? inTheirWords(told, status)), requestId: told.requestId })
}

function inTheirWords({ title, detail, errors }: Partial<ProblemBody>, status: number): { title: string; detail: string } {
  return {
    title: title ?? texts.unexpected.title,
    detail: detail
      ? [detail, ...(errors ?? []).map(({ where, message }) => `${where}: ${message}`)].join(' ')
      : texts.unexpected.detail(status),
  }
}

/** Title and sentence to show for anything that was thrown. */
export function problemText(error: unknown): { title: string; detail: string; requestId?: string | undefined } {
  return error instanceof ApiProblem
    ? { title: error.title, detail: error.message, requestId: error.status >= 500 ? error.requestId : undefined }
    : texts.pageFailed
}
