import { companyKinds } from '../domain/company.ts'
import type { Access } from '../http/management.ts'

const vendorReads = { kinds: ['vendor'], role: 'viewer' } as const
const vendorActs = { kinds: ['vendor'], role: 'administrator' } as const
const customerReads = { kinds: ['customer'], role: 'viewer' } as const
const customerActs = { kinds: ['customer'], role: 'administrator' } as const
const keyHolderReads = { kinds: ['partner', 'customer'], role: 'viewer' } as const
const keyHolderActs = { kinds: ['partner', 'customer'], role: 'administrator' } as const
/** Of which organizations is the coverage's to say (I1). */
const deviceReads = { kinds: ['partner', 'customer'], role: 'viewer' } as const
const everyoneReads = { kinds: companyKinds, role: 'viewer' } as const
const everyoneActs = { kinds: companyKinds, role: 'administrator' } as const
const signedIn = { kinds: companyKinds, role: 'viewer', sessionOnly: true } as const

/** Who may use which operation of the management API: the one place where it is decided. */
export const access = {
  signIn: 'anyone',
  getSession: signedIn,
  signOut: signedIn,
  getPortal: 'anyone',
  lookUpSetupLink: 'anyone',
  useSetupLink: 'anyone',

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

  getOwnSubscription: customerReads,
  listPartners: customerReads,
  giveConsent: customerActs,
  withdrawConsent: customerActs,
  listGateways: customerReads,
  createGateway: customerActs,
  removeGateway: customerActs,

  listCustomers: { kinds: ['partner'], role: 'viewer' },

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

  listAccessTokens: everyoneReads,
  createAccessToken: everyoneActs,
  deleteAccessToken: everyoneActs,
  listActs: everyoneActs,
  getActHead: everyoneActs,
  listActHeads: everyoneActs,

  closeCompany: everyoneActs,
  reopenCompany: vendorActs,
  exportCompany: everyoneActs,
  exportOwnData: signedIn,
  eraseOwnAccount: signedIn,
  erasePerson: everyoneActs,

  listMails: vendorActs,
  getMail: vendorActs,
  retryMail: vendorActs,

  downloadBackup: vendorActs,
} as const satisfies Record<string, Access>
