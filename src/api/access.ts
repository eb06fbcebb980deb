import { companyKinds } from '../domain/company.ts'
import type { Access } from '../http/management.ts'

const vendorReads = { kinds: ['vendor'], role: 'viewer' } as const
const vendorActs = { kinds: ['vendor'], role: 'administrator' } as const
const customerReads = { kinds: ['customer'], role: 'viewer' } as const
const customerActs = { kinds: ['customer'], role: 'administrator' } as const
const partnerReads = { kinds: ['partner'], role: 'viewer' } as const
const partnerActs = { kinds: ['partner'], role: 'administrator' } as const
/** What a partner's administrators may do for a customer that granted it: what an installer of gateways needs. Nothing else is ever marked. */
const installerReads = { ...customerReads, byPartner: true } as const
const installerActs = { ...customerActs, byPartner: true } as const
const keyHolderReads = { kinds: ['partner', 'customer'], role: 'viewer' } as const
const keyHolderActs = { kinds: ['partner', 'customer'], role: 'administrator' } as const
/** Of which organizations is the coverage's to say (I1). */
const deviceReads = { kinds: ['partner', 'customer'], role: 'viewer' } as const
const everyoneReads = { kinds: companyKinds, role: 'viewer' } as const
const everyoneActs = { kinds: companyKinds, role: 'administrator' } as const

/** Who may use which operation of the management API: the one place where it is decided. */
export const access = {
  signIn: 'anyone',
  getSession: 'person',
  signOut: 'person',
  getPortal: 'anyone',
  lookUpSetupLink: 'anyone',
  useSetupLink: 'anyone',
  lookUpInvitation: 'anyone',
  acceptInvitation: 'anyone',
  joinCompany: 'person',

  listCompanies: vendorReads,
  createCompany: vendorActs,
  getCompany: vendorReads,
  updateCompany: vendorActs,
  suspendCompany: vendorActs,
  resumeCompany: vendorActs,
  createSetupLink: vendorActs,
  listSubscriptions: vendorReads,
  startSubscription: vendorActs,
  extendSubscription: vendorActs,
  cancelSubscription: vendorActs,
  terminateSubscription: vendorActs,
  listPartnerships: vendorReads,
  connectPartner: vendorActs,
  disconnectPartner: { kinds: ['vendor', 'customer'], role: 'administrator' },

  getOwnSubscription: installerReads,
  listPartners: customerReads,
  findPartner: customerActs,
  addPartner: customerActs,
  giveConsent: customerActs,
  withdrawConsent: customerActs,
  grantAdministratorAccess: { ...customerActs, sessionOnly: true },
  endAdministratorAccess: { ...customerActs, sessionOnly: true },
  listGateways: installerReads,
  createGateway: installerActs,
  removeGateway: installerActs,

  listCustomers: partnerReads,
  listCustomerInvitations: partnerReads,
  inviteCustomer: partnerActs,
  resendCustomerInvitation: partnerActs,
  revokeCustomerInvitation: partnerActs,
  lookUpCustomerInvitation: 'anyone',
  acceptCustomerInvitation: 'anyone',

  listDevices: deviceReads,
  getDeviceDetails: deviceReads,
  listDeviceSensors: deviceReads,
  getSensorHistory: deviceReads,
  streamMeasurements: deviceReads,

  listKeys: keyHolderReads,
  getKey: keyHolderReads,
  createKey: keyHolderActs,
  updateKey: keyHolderActs,
  deleteKey: keyHolderActs,

  inviteCoWorker: { kinds: companyKinds, role: 'viewer' },
  listInvitations: everyoneReads,
  resendInvitation: everyoneActs,
  revokeInvitation: everyoneActs,
  approveInvitation: everyoneActs,
  listMembers: everyoneReads,
  changeMemberRole: everyoneActs,
  removeMember: everyoneActs,

  listAccessTokens: everyoneReads,
  createAccessToken: everyoneActs,
  deleteAccessToken: everyoneActs,
  listActs: everyoneActs,
  getActHead: everyoneActs,
  listActHeads: everyoneActs,

  listMails: vendorActs,
  getMail: vendorActs,
  retryMail: vendorActs,

  getInstallation: vendorReads,
  updateInstallation: vendorActs,
  downloadBackup: vendorActs,
} as const satisfies Record<string, Access>
