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
/** Of one's own sites: where things are, what they are called, and what is noted about them. */
const siteEdits = { kinds: ['customer'], role: 'editor' } as const
const everyoneReads = { kinds: companyKinds, role: 'viewer' } as const
const everyoneActs = { kinds: companyKinds, role: 'administrator' } as const
/** Of one's own account and session, for a company or for none; also while the company waits for a second factor, or for its provider. */
const signedIn = { person: true } as const
/** What is dangerous: a session must have been confirmed within 15 minutes. */
const confirmed = { confirmed: true } as const
/** Also for the vendor's administrators while they view the company: reading, and never device data. What is not marked is refused to them. */
const visiting = { visiting: true } as const
/** What a person takes along to another company is not for a company's provider to give. */
const ownSignIn = { ownSignIn: true } as const

/** Who may use which operation of the management API: the one place where it is decided. */
export const access = {
  signIn: 'anyone',
  getSession: { ...signedIn, ...visiting },
  signOut: { ...signedIn, ...visiting },
  signInWithCode: 'anyone',
  challengePasskey: 'anyone',
  signInWithPasskey: 'anyone',
  beginProviderSignIn: 'anyone',
  signInWithProvider: 'anyone',
  confirmSession: signedIn,
  checkConfirmation: { ...signedIn, ...confirmed },
  getPortal: 'anyone',
  lookUpSetupLink: 'anyone',
  useSetupLink: 'anyone',
  lookUpInvitation: 'anyone',
  acceptInvitation: 'anyone',
  joinCompany: 'person',

  registerAccount: 'anyone',
  verifyAccount: 'anyone',
  requestPasswordReset: 'anyone',
  resetPassword: 'anyone',
  confirmEmailChange: 'anyone',
  getAccount: signedIn,
  updateAccount: signedIn,
  // These prove by the password or code in their own bodies who asks.
  changePassword: signedIn,
  setUpTwoFactor: signedIn,
  confirmTwoFactor: signedIn,
  renewRecoveryCodes: signedIn,
  disableTwoFactor: signedIn,
  requestEmailChange: { ...signedIn, ...confirmed, ...ownSignIn },
  challengeNewPasskey: { ...signedIn, ...confirmed, ...ownSignIn },
  addPasskey: { ...signedIn, ...confirmed, ...ownSignIn },
  removePasskey: { ...signedIn, ...confirmed, ...ownSignIn },
  listSessions: signedIn,
  // To end sessions is never made harder than to have them.
  endSession: signedIn,
  endSessions: signedIn,

  resetMemberTwoFactor: { ...everyoneActs, ...confirmed },
  endMemberSessions: { ...everyoneActs, ...confirmed },
  getSignInSettings: { ...everyoneReads, ...visiting },
  updateSignInSettings: { ...everyoneActs, ...confirmed },
  getSignInProvider: { ...everyoneActs, ...visiting },
  setSignInProvider: { ...everyoneActs, ...confirmed },
  removeSignInProvider: { ...everyoneActs, ...confirmed },

  listCompanies: vendorReads,
  createCompany: vendorActs,
  getCompany: vendorReads,
  updateCompany: { ...vendorActs, ...confirmed },
  suspendCompany: { ...vendorActs, ...confirmed },
  resumeCompany: vendorActs,
  turnOffSingleSignOn: { ...vendorActs, ...confirmed },
  createSetupLink: { ...vendorActs, ...confirmed },
  beginVisit: { ...vendorActs, ...confirmed, sessionOnly: true },
  // Whoever views nothing has nothing to leave.
  endVisit: { ...signedIn, ...visiting },
  getVisitSettings: { ...keyHolderReads, ...visiting },
  // As with consent: to forbid is never made hard.
  updateVisitSettings: keyHolderActs,
  listSubscriptions: vendorReads,
  startSubscription: vendorActs,
  extendSubscription: vendorActs,
  cancelSubscription: vendorActs,
  terminateSubscription: { ...vendorActs, ...confirmed },
  listLicenceKeys: vendorReads,
  createLicenceKey: { ...vendorActs, ...confirmed },
  withdrawLicenceKey: vendorActs,
  redeemLicenceKey: customerActs,
  redeemLicenceKeyForCompany: vendorActs,
  listPartnerships: vendorReads,
  exportPartnerships: vendorReads,
  connectPartner: { ...vendorActs, ...confirmed },
  disconnectPartner: { kinds: ['vendor', 'customer'], role: 'administrator' },

  getOwnSubscription: { ...installerReads, ...visiting },
  listPartners: { ...customerReads, ...visiting },
  findPartner: customerActs,
  addPartner: { ...customerActs, ...confirmed },
  giveConsent: { ...customerActs, ...confirmed },
  // To withdraw is never harder than to have given: whoever may, does at once, however long ago the sign-in was.
  withdrawConsent: customerActs,
  listConsentReceipts: { ...keyHolderReads, ...visiting },
  getConsentReceipt: { ...keyHolderReads, ...visiting },
  printConsentReceipt: { ...keyHolderReads, ...visiting },
  grantAdministratorAccess: { ...customerActs, ...confirmed, sessionOnly: true },
  // As with consent: ended at once.
  endAdministratorAccess: { ...customerActs, sessionOnly: true },
  listAccesses: { ...customerReads, ...visiting },
  sumAccesses: { ...customerReads, ...visiting },
  listAccessReaders: { ...customerReads, ...visiting },
  exportAccesses: { ...customerReads, ...visiting },
  listGateways: { ...installerReads, ...visiting },
  createGateway: { ...installerActs, ...confirmed },
  replaceGatewayToken: { ...installerActs, ...confirmed },
  removeGateway: { ...installerActs, ...confirmed },

  listCustomers: { ...partnerReads, ...visiting },
  exportCustomers: { ...partnerReads, ...visiting },
  listCustomerChanges: { ...partnerReads, ...visiting },
  getCustomer: { ...partnerReads, ...visiting },
  requestConsent: partnerActs,
  listCustomerInvitations: { ...partnerReads, ...visiting },
  inviteCustomer: partnerActs,
  resendCustomerInvitation: partnerActs,
  revokeCustomerInvitation: partnerActs,
  lookUpCustomerInvitation: 'anyone',
  acceptCustomerInvitation: 'anyone',

  getSiteState: deviceReads,
  getInventoryTree: deviceReads,
  createLocation: siteEdits,
  updateLocation: siteEdits,
  removeLocation: siteEdits,
  listOrganizationAlarms: deviceReads,
  getAlarm: deviceReads,
  // Whoever watches the sites says that it is seen to.
  acknowledgeAlarm: customerReads,
  withdrawAcknowledgement: customerReads,
  // Each member's own, of any role.
  getAlarmMails: { ...deviceReads, sessionOnly: true },
  setAlarmMails: { ...deviceReads, sessionOnly: true },
  removeAlarmMails: { ...deviceReads, sessionOnly: true },
  // Whoever reads such a mail may end them, and nothing else.
  stopAlarmMails: 'anyone',
  listDevices: deviceReads,
  updateDevice: siteEdits,
  getDeviceDetails: deviceReads,
  listDeviceSensors: deviceReads,
  listOrganizationSensors: deviceReads,
  getSensorHistory: deviceReads,
  streamMeasurements: deviceReads,

  listKeys: { ...keyHolderReads, ...visiting },
  getKey: { ...keyHolderReads, ...visiting },
  getKeyUsage: { ...keyHolderReads, ...visiting },
  getUsage: { ...keyHolderReads, ...visiting },
  createKey: { ...keyHolderActs, ...confirmed },
  updateKey: { ...keyHolderActs, ...confirmed },
  rotateKey: { ...keyHolderActs, ...confirmed },
  deleteKey: { ...keyHolderActs, ...confirmed },
  // Whoever holds a key may end it, and nothing else.
  reportKey: 'anyone',

  listWebhooks: { ...keyHolderReads, ...visiting },
  createWebhook: { ...keyHolderActs, ...confirmed },
  updateWebhook: { ...keyHolderActs, ...confirmed },
  deleteWebhook: { ...keyHolderActs, ...confirmed },
  rotateWebhookSecret: { ...keyHolderActs, ...confirmed },
  testWebhook: keyHolderActs,
  // Which alarms there were is in them: nothing for visits.
  listWebhookDeliveries: keyHolderReads,
  getWebhookDelivery: keyHolderReads,
  resendWebhookDeliveries: keyHolderActs,

  inviteCoWorker: { kinds: companyKinds, role: 'viewer' },
  listInvitations: { ...everyoneReads, ...visiting },
  resendInvitation: { ...everyoneActs, ...confirmed },
  revokeInvitation: everyoneActs,
  approveInvitation: { ...everyoneActs, ...confirmed },
  listMembers: { ...everyoneReads, ...visiting },
  changeMemberRole: { ...everyoneActs, ...confirmed },
  removeMember: { ...everyoneActs, ...confirmed },

  listAccessTokens: { ...everyoneReads, ...visiting },
  createAccessToken: { ...everyoneActs, ...confirmed },
  deleteAccessToken: everyoneActs,
  listActs: { ...everyoneActs, ...visiting },
  getActHead: { ...everyoneActs, ...visiting },
  listActHeads: { ...everyoneActs, ...visiting },
  listActivity: { ...everyoneActs, ...visiting },
  exportActivity: { ...everyoneActs, ...visiting },
  verifyActs: { ...everyoneActs, ...visiting },

  closeCompany: { ...everyoneActs, ...confirmed },
  reopenCompany: { ...vendorActs, ...confirmed },
  exportCompany: { ...everyoneActs, ...confirmed },
  exportOwnData: 'person',
  eraseOwnAccount: { ...signedIn, ...confirmed },
  erasePerson: { ...everyoneActs, ...confirmed },

  listMails: vendorActs,
  getMail: vendorActs,
  retryMail: vendorActs,

  getInstallation: vendorReads,
  getInstallationState: vendorReads,
  getLimits: vendorReads,
  getRetention: vendorReads,
  updateInstallation: { ...vendorActs, ...confirmed },
  downloadBackup: { ...vendorActs, ...confirmed },
} as const satisfies Record<string, Access>
