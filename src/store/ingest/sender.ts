/** The gateway that a batch comes from, authenticated. */
export interface Sender {
  id: string
  organizationId: string
}
