import { randomBytes } from 'node:crypto'
import { accountRequests } from './account-requests.ts'
import type { CustomerOfTest, Door, PartnerOfTest } from './door.ts'
import { tokenMailedTo } from './mailed.ts'
import { joined, type Portal } from './portal-session.ts'
import { providerRequests } from './provider-requests.ts'
import type { TestServer } from './server.ts'
import { siteRequests } from './site-requests.ts'
import { vendorRequests } from './vendor-requests.ts'
import { webhookRequests } from './webhook-requests.ts'

/** A request of an operation: what stands in its path's place holders, and its body. `streams`: its answer goes on without an end. */
export interface Parts {
  params?: Record<string, string>
  body?: object
  streams?: true
  /** A cookie beside the caller's own, of something that was begun. */
  cookie?: string
}

/** Whose objects a request is to name: made anew for each, since many requests end what they name. */
export interface Owner {
  kind: 'vendor' | 'partner' | 'customer'
  portal: Portal
  customer: CustomerOfTest
  partner: PartnerOfTest
}

const yearMs = 365 * 24 * 3600 * 1000
const inAYear = () => new Date(Date.now() + yearMs).toISOString()
const text = () => randomBytes(6).toString('hex')
const password = 'a long enough password'
/** The secret text of the newest link that was mailed to an address. */
export type MailedToken = (recipient: string) => Promise<string>

/** For each operation of the management API a request that its owner may make, and that then succeeds. */
export function managementRequests(door: Door, server: TestServer): Record<string, (owner: Owner) => Promise<Parts>> {
  const mailed: MailedToken = (recipient) => tokenMailedTo(server, recipient)
  const freshCustomer = async () =>
    (await door.vendor<{ id: string }>('POST', '/companies', { kind: 'customer', name: text() })).id
  const ofFreshCompany = async () => ({ companyId: await freshCustomer() })
  const ofFreshSubscription = async () => ({ subscriptionId: await door.subscribe(await freshCustomer()) })
  const freshLink = async (email = freshAddress()) =>
    (await door.vendor<{ url: string }>('POST', `/companies/${await freshCustomer()}/setup-links`, { role: 'viewer', email })).url
  const linkToken = async (email?: string) => (await freshLink(email)).split('#')[1] as string
  const freshLicenceKey = () => door.vendor<{ licenceKey: { id: string }; secret: string }>('POST', '/licence-keys', { days: 30 })
  const freshPartnership = async ({ kind, customer }: Owner) => {
    const partner = await door.vendor<{ partnerId: string }>('POST', '/companies', { kind: 'partner', name: text() })
    const customerId = kind === 'customer' ? customer.id : await freshCustomer()
    const { id } = await door.vendor<{ id: string }>('POST', '/partnerships', { customerId, partnerId: partner.partnerId })
    return { partnershipId: id }
  }
  /** A customer connected to the partner, without consent, with somebody who could give it. */
  const askedCustomer = async ({ partnerId }: PartnerOfTest) => {
    const customerId = await freshCustomer()
    await door.account(customerId)
    await door.vendor('POST', '/partnerships', { customerId, partnerId })
    return customerId
  }
  const freshKey = async ({ kind, portal }: Owner) => ({
    keyId: (await door.key(portal, kind === 'customer' ? 'own' : 'all')).id,
  })
  const freshToken = async ({ portal }: Owner) => {
    const { accessToken } = await portal.send<{ accessToken: { id: string } }>('POST', '/access-tokens', {
      name: text(),
      expiresInDays: 1,
    })
    return { accessTokenId: accessToken.id }
  }
  const freshPartnerId = async () =>
    (await door.vendor<{ partnerId: string }>('POST', '/companies', { kind: 'partner', name: text() })).partnerId
  const freshCustomerInvitation = async ({ partner }: Owner) => {
    const email = `${text()}@example.com`
    const made = await partner.portal.send<{ id: string }>('POST', '/customer-invitations', { organizationName: text(), email })
    return { id: made.id, email }
  }
  const ofCustomerInvitation = async (owner: Owner) => ({ params: { invitationId: (await freshCustomerInvitation(owner)).id } })
  const customerInvitationToken = async (owner: Owner) => mailed((await freshCustomerInvitation(owner)).email)
  const ofOrganization = async ({ customer }: Owner) => ({ organizationId: customer.id })
  const ofDevice = async ({ customer, portal }: Owner) => {
    const { devices } = await portal.send<{ devices: { id: string }[] }>('GET', `/organizations/${customer.id}/devices`)
    return { organizationId: customer.id, deviceId: devices[0]?.id as string }
  }
  const ofSensor = async (owner: Owner) => {
    const { organizationId, deviceId } = await ofDevice(owner)
    const path = `/organizations/${organizationId}/devices/${deviceId}/sensors`
    const { sensors } = await owner.portal.send<{ sensors: { id: string }[] }>('GET', path)
    return { organizationId, sensorId: sensors[0]?.id as string }
  }
  /** Of a key that was generated: without a mail server it is kept. */
  const ofFreshMail = async ({ customer }: Owner) => {
    await door.key(customer.portal, 'own')
    const { mails } = await door.vendor<{ mails: { id: string }[] }>('GET', '/mails?limit=1')
    return { mailId: mails[0]?.id as string }
  }
  const companyOf = async ({ kind, customer, partner }: Owner) => {
    if (kind !== 'vendor') return kind === 'customer' ? customer.id : partner.id
    const { companies } = await door.vendor<{ companies: { id: string; kind: string }[] }>('GET', '/companies')
    return companies.find((one) => one.kind === 'vendor')?.id as string
  }
  const freshPerson = async (owner: Owner) => {
    const portal = await door.account(await companyOf(owner), 'viewer')
    return { personId: (await portal.send<{ person: { id: string } }>('GET', '/session')).person.id }
  }
  const freshAddress = () => `${text()}@example.com`
  const freshInvitation = async ({ portal }: Owner) => {
    const email = freshAddress()
    const { id } = await portal.send<{ id: string }>('POST', '/invitations', { email })
    return { email, params: { invitationId: id } }
  }
  const invitedToken = async (owner: Owner) => mailed((await freshInvitation(owner)).email)
  /** An invitation by a viewer, made while the installation requires approval. */
  const waitingInvitation = async ({ portal }: Owner) => {
    const viewer = await memberOf(door, portal, mailed)
    await door.vendor('PATCH', '/installation', { invitationApproval: true })
    const { id } = await viewer.send<{ id: string }>('POST', '/invitations', { email: freshAddress() })
    await door.vendor('PATCH', '/installation', { invitationApproval: false })
    return { invitationId: id }
  }
  const freshMember = async ({ portal }: Owner) => {
    const viewer = await memberOf(door, portal, mailed)
    const { person } = await viewer.send<{ person: { id: string } }>('GET', '/session')
    const { members } = await portal.send<{ members: { id: string; personId: string }[] }>('GET', '/members')
    return { memberId: members.find(({ personId }) => personId === person.id)?.id as string }
  }
  /** Of the consent that the customer of the scene gave to its partner. */
  const ofReceipt = async ({ portal }: Owner) => {
    const { receipts } = await portal.send<{ receipts: { id: string }[] }>('GET', '/consent-receipts')
    return { receiptId: receipts[0]?.id as string }
  }
  const nothing = async () => ({})
  return {
    ...accountRequests(door, server),
    ...providerRequests(door, server),
    signIn: async () => {
      const email = `${text()}@example.com`
      await fetch(`${door.url}/api/v1/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: door.url },
        body: JSON.stringify({ token: await linkToken(email), name: 'Somebody', password }),
      })
      return { body: { email, password } }
    },
    getSession: nothing,
    signOut: nothing,
    getPortal: nothing,
    lookUpSetupLink: async () => ({ body: { token: await linkToken() } }),
    useSetupLink: async () => ({
      body: { token: await linkToken(), name: 'Somebody', password },
    }),
    lookUpInvitation: async (owner) => ({ body: { token: await invitedToken(owner) } }),
    acceptInvitation: async (owner) => ({ body: { token: await invitedToken(owner), name: 'Somebody', password } }),
    joinCompany: async (owner) => ({ body: { token: await invitedToken(owner) } }),
    inviteCoWorker: async () => ({ body: { email: freshAddress() } }),
    listInvitations: nothing,
    resendInvitation: freshInvitation,
    approveInvitation: async (owner) => ({ params: await waitingInvitation(owner) }),
    revokeInvitation: freshInvitation,
    listMembers: nothing,
    changeMemberRole: async (owner) => ({ params: await freshMember(owner), body: { role: 'editor' } }),
    removeMember: async (owner) => ({ params: await freshMember(owner) }),
    updateInstallation: async () => ({ body: { trialDays: 30 } }),
    createSetupLink: async () => ({ params: await ofFreshCompany(), body: { role: 'viewer', email: freshAddress() } }),
    listCompanies: nothing,
    createCompany: async () => ({ body: { kind: 'customer', name: text() } }),
    getCompany: async () => ({ params: await ofFreshCompany() }),
    updateCompany: async () => ({ params: await ofFreshCompany(), body: { name: text() } }),
    suspendCompany: async () => ({ params: await ofFreshCompany() }),
    ...vendorRequests(ofFreshCompany),
    resumeCompany: async () => ({ params: await ofFreshCompany() }),
    closeCompany: async () => {
      const name = text()
      const { id } = await door.vendor<{ id: string }>('POST', '/companies', { kind: 'customer', name })
      return { params: { companyId: id }, body: { name } }
    },
    reopenCompany: async () => ({ params: await ofFreshCompany() }),
    exportCompany: nothing,
    listSubscriptions: async () => ({ params: await ofFreshCompany() }),
    startSubscription: async () => ({ params: await ofFreshCompany(), body: { kind: 'paid', endsAt: inAYear() } }),
    extendSubscription: async () => ({
      params: await ofFreshSubscription(),
      body: { endsAt: new Date(Date.now() + 2 * yearMs).toISOString() },
    }),
    cancelSubscription: async () => ({ params: await ofFreshSubscription() }),
    terminateSubscription: async () => ({ params: await ofFreshSubscription() }),
    getOwnSubscription: nothing,
    listLicenceKeys: nothing,
    createLicenceKey: async () => ({ body: { days: 30 } }),
    withdrawLicenceKey: async () => ({ params: { licenceKeyId: (await freshLicenceKey()).licenceKey.id } }),
    redeemLicenceKey: async () => ({ body: { licenceKey: (await freshLicenceKey()).secret } }),
    redeemLicenceKeyForCompany: async () => ({
      params: await ofFreshCompany(),
      body: { licenceKey: (await freshLicenceKey()).secret },
    }),
    connectPartner: async ({ partner }) => ({ body: { customerId: await freshCustomer(), partnerId: partner.partnerId } }),
    disconnectPartner: async (owner) => ({ params: await freshPartnership(owner) }),
    listPartners: nothing,
    giveConsent: async (owner) => ({ params: await freshPartnership(owner), body: {} }),
    withdrawConsent: async (owner) => ({ params: await freshPartnership(owner) }),
    listConsentReceipts: nothing,
    getConsentReceipt: async (owner) => ({ params: await ofReceipt(owner) }),
    printConsentReceipt: async (owner) => ({ params: await ofReceipt(owner) }),
    findPartner: async ({ partner }) => ({ body: { partnerId: partner.partnerId } }),
    addPartner: async () => ({ body: { partnerId: await freshPartnerId() } }),
    grantAdministratorAccess: async (owner) => ({ params: await freshPartnership(owner) }),
    endAdministratorAccess: async (owner) => ({ params: await freshPartnership(owner) }),
    listCustomers: nothing,
    exportCustomers: nothing,
    listCustomerChanges: nothing,
    getCustomer: async ({ partner }) => ({ params: { organizationId: await askedCustomer(partner) } }),
    requestConsent: async ({ partner }) => ({ params: { organizationId: await askedCustomer(partner) } }),
    listCustomerInvitations: nothing,
    inviteCustomer: async () => ({ body: { organizationName: text(), email: `${text()}@example.com` } }),
    resendCustomerInvitation: ofCustomerInvitation,
    revokeCustomerInvitation: ofCustomerInvitation,
    lookUpCustomerInvitation: async (owner) => ({ body: { token: await customerInvitationToken(owner) } }),
    acceptCustomerInvitation: async (owner) => ({
      body: { token: await customerInvitationToken(owner), person: { name: 'Somebody', password } },
    }),
    ...siteRequests(),
    listDevices: async (owner) => ({ params: await ofOrganization(owner) }),
    getDeviceDetails: async (owner) => ({ params: await ofDevice(owner) }),
    updateDevice: async (owner) => ({ params: await ofDevice(owner), body: { label: text() } }),
    listDeviceSensors: async (owner) => ({ params: await ofDevice(owner) }),
    getSensorHistory: async (owner) => ({ params: await ofSensor(owner) }),
    streamMeasurements: async (owner) => ({ params: await ofOrganization(owner), streams: true }),
    listKeys: nothing,
    createKey: async ({ kind }) => ({ body: { name: text(), kind: kind === 'customer' ? 'own' : 'all' } }),
    getKeyUsage: async (owner) => ({ params: await freshKey(owner) }),
    getUsage: nothing,
    getKey: async (owner) => ({ params: await freshKey(owner) }),
    updateKey: async (owner) => ({ params: await freshKey(owner), body: { name: text() } }),
    rotateKey: async (owner) => ({ params: await freshKey(owner), body: { overlapDays: 1 } }),
    deleteKey: async (owner) => ({ params: await freshKey(owner) }),
    reportKey: async () => ({ body: { key: 'not a key' } }),
    listAccesses: nothing,
    sumAccesses: nothing,
    listAccessReaders: nothing,
    exportAccesses: nothing,
    listGateways: nothing,
    createGateway: async () => ({ body: { name: text() } }),
    replaceGatewayToken: async ({ portal }) => ({ params: { gatewayId: (await door.gateway(portal)).id } }),
    removeGateway: async ({ portal }) => ({ params: { gatewayId: (await door.gateway(portal)).id } }),
    ...webhookRequests(),
    listAccessTokens: nothing,
    createAccessToken: async () => ({ body: { name: text(), role: 'viewer', expiresInDays: 1 } }),
    deleteAccessToken: async (owner) => ({ params: await freshToken(owner) }),
    listActs: nothing,
    getActHead: nothing,
    listActHeads: nothing,
    listActivity: nothing,
    exportActivity: nothing,
    verifyActs: nothing,
    exportOwnData: nothing,
    eraseOwnAccount: async () => ({ body: { email: `${text()}@example.com` } }),
    erasePerson: async (owner) => ({ params: await freshPerson(owner) }),
    listMails: nothing,
    getMail: async (owner) => ({ params: await ofFreshMail(owner) }),
    retryMail: async (owner) => ({ params: await ofFreshMail(owner) }),
    downloadBackup: nothing,
  }
}
/** A session of a new member of the company whose administrator's session this is, invited by him in this role. */
export async function memberOf(door: Door, portal: Portal, mailed: MailedToken, role = 'viewer'): Promise<Portal> {
  const email = `${text()}@example.com`
  await portal.send('POST', '/invitations', { email, role })
  return joined(door.url, await mailed(email), email)
}

/** For each operation that ends its caller's session: somebody of the same kind of company who may go, and the request. */
export function requestsThatEndTheirCaller(
  door: Door,
): Record<string, (kind: Owner['kind'], companyId: string) => Promise<{ portal: Portal } & Parts>> {
  const fresh = async (companyId: string) => {
    const email = `${text()}@example.com`
    return { email, portal: await door.account(companyId, 'administrator', email) }
  }
  return {
    eraseOwnAccount: async (_, companyId) => {
      const { email, portal } = await fresh(companyId)
      return { portal, body: { email } }
    },
    closeCompany: async (kind, companyId) => {
      const name = text()
      const { id } = await door.vendor<{ id: string }>('POST', '/companies', {
        kind: kind === 'vendor' ? 'customer' : kind,
        name,
      })
      const { portal } = await fresh(kind === 'vendor' ? companyId : id)
      return { portal, params: { companyId: id }, body: { name } }
    },
  }
}

export async function vendorId(door: Door): Promise<string> {
  const { companies } = await door.vendor<{ companies: { id: string; kind: string }[] }>('GET', '/companies')
  return companies.find(({ kind }) => kind === 'vendor')?.id as string
}
