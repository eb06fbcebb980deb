/** The gateway that a batch comes from, authenticated. */
export interface Sender {
  id: string
  organizationId: string
  /** From where it sends; absent where no request stands behind it. */
  address?: string
  /** False where it is known that its company had its trial, or a subscription: then there is none to start. */
  trialDue?: boolean
}
