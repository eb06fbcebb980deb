import type { ManagementOperation } from '../http/management.ts'
import { createAccessToken } from './access-tokens/create-access-token.ts'
import { deleteAccessToken } from './access-tokens/delete-access-token.ts'
import { listAccessTokens } from './access-tokens/list-access-tokens.ts'
import { accessOperations } from './accesses/operations.ts'
import { addPasskey } from './account/add-passkey.ts'
import { challengeNewPasskey } from './account/challenge-new-passkey.ts'
import { changePassword } from './account/change-password.ts'
import { confirmEmailChange } from './account/confirm-email-change.ts'
import { confirmTwoFactor } from './account/confirm-two-factor.ts'
import { disableTwoFactor } from './account/disable-two-factor.ts'
import { endSession } from './account/end-session.ts'
import { endSessions } from './account/end-sessions.ts'
import { getAccount } from './account/get-account.ts'
import { listSessions } from './account/list-sessions.ts'
import { registerAccount } from './account/register-account.ts'
import { removePasskey } from './account/remove-passkey.ts'
import { renewRecoveryCodes } from './account/renew-recovery-codes.ts'
import { requestEmailChange } from './account/request-email-change.ts'
import { requestPasswordReset } from './account/request-password-reset.ts'
import { resetPassword } from './account/reset-password.ts'
import { setUpTwoFactor } from './account/set-up-two-factor.ts'
import { updateAccount } from './account/update-account.ts'
import { verifyAccount } from './account/verify-account.ts'
import { exportActivity } from './acts/export-activity.ts'
import { getActHead } from './acts/get-act-head.ts'
import { listActHeads } from './acts/list-act-heads.ts'
import { listActivity } from './acts/list-activity.ts'
import { listActs } from './acts/list-acts.ts'
import { verifyActs } from './acts/verify-acts.ts'
import { closeCompany } from './companies/close-company.ts'
import { createCompany } from './companies/create-company.ts'
import { exportCompany } from './companies/export-company.ts'
import { getCompany } from './companies/get-company.ts'
import { listCompanies } from './companies/list-companies.ts'
import { reopenCompany } from './companies/reopen-company.ts'
import { resumeCompany } from './companies/resume-company.ts'
import { suspendCompany } from './companies/suspend-company.ts'
import { turnOffSingleSignOn } from './companies/turn-off-single-sign-on.ts'
import { updateCompany } from './companies/update-company.ts'
import { getConsentReceipt } from './consents/get-consent-receipt.ts'
import { giveConsent } from './consents/give-consent.ts'
import { listConsentReceipts } from './consents/list-consent-receipts.ts'
import { printConsentReceipt } from './consents/print-consent-receipt.ts'
import { withdrawConsent } from './consents/withdraw-consent.ts'
import { acceptCustomerInvitation } from './customer-invitations/accept-customer-invitation.ts'
import { inviteCustomer } from './customer-invitations/invite-customer.ts'
import { listCustomerInvitations } from './customer-invitations/list-customer-invitations.ts'
import { lookUpCustomerInvitation } from './customer-invitations/look-up-customer-invitation.ts'
import { resendCustomerInvitation } from './customer-invitations/resend-customer-invitation.ts'
import { revokeCustomerInvitation } from './customer-invitations/revoke-customer-invitation.ts'
import { exportCustomers } from './customers/export-customers.ts'
import { getCustomer } from './customers/get-customer.ts'
import { listCustomerChanges } from './customers/list-customer-changes.ts'
import { listCustomers } from './customers/list-customers.ts'
import { requestConsent } from './customers/request-consent.ts'
import { getDeviceDetails } from './devices/get-device-details.ts'
import { getSensorHistory } from './devices/get-sensor-history.ts'
import { listDeviceSensors } from './devices/list-device-sensors.ts'
import { listDevices } from './devices/list-devices.ts'
import { streamMeasurements } from './devices/stream-measurements.ts'
import { createGateway } from './gateways/create-gateway.ts'
import { listGateways } from './gateways/list-gateways.ts'
import { removeGateway } from './gateways/remove-gateway.ts'
import { replaceGatewayToken } from './gateways/replace-gateway-token.ts'
import { installationOperations } from './installation/operations.ts'
import { acceptInvitation } from './invitations/accept-invitation.ts'
import { approveInvitation } from './invitations/approve-invitation.ts'
import { inviteCoWorker } from './invitations/invite-co-worker.ts'
import { joinCompany } from './invitations/join-company.ts'
import { listInvitations } from './invitations/list-invitations.ts'
import { lookUpInvitation } from './invitations/look-up-invitation.ts'
import { resendInvitation } from './invitations/resend-invitation.ts'
import { revokeInvitation } from './invitations/revoke-invitation.ts'
import { createKey } from './keys/create-key.ts'
import { deleteKey } from './keys/delete-key.ts'
import { getKey } from './keys/get-key.ts'
import { getKeyUsage } from './keys/get-key-usage.ts'
import { getUsage } from './keys/get-usage.ts'
import { listKeys } from './keys/list-keys.ts'
import { reportKey } from './keys/report-key.ts'
import { rotateKey } from './keys/rotate-key.ts'
import { updateKey } from './keys/update-key.ts'
import { createLicenceKey } from './licence-keys/create-licence-key.ts'
import { listLicenceKeys } from './licence-keys/list-licence-keys.ts'
import { redeemLicenceKey } from './licence-keys/redeem-licence-key.ts'
import { redeemLicenceKeyForCompany } from './licence-keys/redeem-licence-key-for-company.ts'
import { withdrawLicenceKey } from './licence-keys/withdraw-licence-key.ts'
import { getMail } from './mails/get-mail.ts'
import { listMails } from './mails/list-mails.ts'
import { retryMail } from './mails/retry-mail.ts'
import { changeMemberRole } from './members/change-member-role.ts'
import { endMemberSessions } from './members/end-member-sessions.ts'
import { getSignInProvider } from './members/get-sign-in-provider.ts'
import { getSignInSettings } from './members/get-sign-in-settings.ts'
import { listMembers } from './members/list-members.ts'
import { removeMember } from './members/remove-member.ts'
import { removeSignInProvider } from './members/remove-sign-in-provider.ts'
import { resetMemberTwoFactor } from './members/reset-member-two-factor.ts'
import { setSignInProvider } from './members/set-sign-in-provider.ts'
import { updateSignInSettings } from './members/update-sign-in-settings.ts'
import { addPartner } from './partnerships/add-partner.ts'
import { connectPartner } from './partnerships/connect-partner.ts'
import { disconnectPartner } from './partnerships/disconnect-partner.ts'
import { endAdministratorAccess } from './partnerships/end-administrator-access.ts'
import { exportPartnerships } from './partnerships/export-partnerships.ts'
import { findPartner } from './partnerships/find-partner.ts'
import { grantAdministratorAccess } from './partnerships/grant-administrator-access.ts'
import { listPartners } from './partnerships/list-partners.ts'
import { listPartnerships } from './partnerships/list-partnerships.ts'
import { eraseOwnAccount } from './people/erase-own-account.ts'
import { erasePerson } from './people/erase-person.ts'
import { exportOwnData } from './people/export-own-data.ts'
import { beginProviderSignIn } from './session/begin-provider-sign-in.ts'
import { challengePasskey } from './session/challenge-passkey.ts'
import { checkConfirmation } from './session/check-confirmation.ts'
import { confirmSession } from './session/confirm-session.ts'
import { getPortal } from './session/get-portal.ts'
import { getSession } from './session/get-session.ts'
import { signIn } from './session/sign-in.ts'
import { signInWithCode } from './session/sign-in-with-code.ts'
import { signInWithPasskey } from './session/sign-in-with-passkey.ts'
import { signInWithProvider } from './session/sign-in-with-provider.ts'
import { signOut } from './session/sign-out.ts'
import { createSetupLink } from './setup/create-setup-link.ts'
import { lookUpSetupLink } from './setup/look-up-setup-link.ts'
import { useSetupLink } from './setup/use-setup-link.ts'
import { siteOperations } from './site-operations.ts'
import { cancelSubscription } from './subscriptions/cancel-subscription.ts'
import { extendSubscription } from './subscriptions/extend-subscription.ts'
import { getOwnSubscription } from './subscriptions/get-own-subscription.ts'
import { listSubscriptions } from './subscriptions/list-subscriptions.ts'
import { startSubscription } from './subscriptions/start-subscription.ts'
import { terminateSubscription } from './subscriptions/terminate-subscription.ts'
import { visitOperations } from './visits/operations.ts'
import { createWebhook } from './webhooks/create-webhook.ts'
import { deleteWebhook } from './webhooks/delete-webhook.ts'
import { getWebhookDelivery } from './webhooks/get-webhook-delivery.ts'
import { listWebhookDeliveries } from './webhooks/list-webhook-deliveries.ts'
import { listWebhooks } from './webhooks/list-webhooks.ts'
import { resendWebhookDeliveries } from './webhooks/resend-webhook-deliveries.ts'
import { rotateWebhookSecret } from './webhooks/rotate-webhook-secret.ts'
import { testWebhook } from './webhooks/test-webhook.ts'
import { updateWebhook } from './webhooks/update-webhook.ts'

/** Every operation of the management API, in the order of its document. */
export const managementOperations: readonly ManagementOperation[] = [
  signIn,
  signInWithCode,
  challengePasskey,
  signInWithPasskey,
  beginProviderSignIn,
  signInWithProvider,
  getSession,
  confirmSession,
  checkConfirmation,
  signOut,
  getPortal,
  lookUpSetupLink,
  useSetupLink,
  createSetupLink,
  lookUpInvitation,
  acceptInvitation,
  joinCompany,
  inviteCoWorker,
  listInvitations,
  resendInvitation,
  approveInvitation,
  revokeInvitation,
  listMembers,
  changeMemberRole,
  removeMember,
  registerAccount,
  verifyAccount,
  requestPasswordReset,
  resetPassword,
  getAccount,
  updateAccount,
  changePassword,
  requestEmailChange,
  confirmEmailChange,
  listSessions,
  endSession,
  endSessions,
  setUpTwoFactor,
  confirmTwoFactor,
  renewRecoveryCodes,
  disableTwoFactor,
  challengeNewPasskey,
  addPasskey,
  removePasskey,
  resetMemberTwoFactor,
  endMemberSessions,
  getSignInSettings,
  updateSignInSettings,
  getSignInProvider,
  setSignInProvider,
  removeSignInProvider,
  listCompanies,
  createCompany,
  getCompany,
  updateCompany,
  suspendCompany,
  resumeCompany,
  turnOffSingleSignOn,
  closeCompany,
  reopenCompany,
  exportCompany,
  ...visitOperations,
  listSubscriptions,
  startSubscription,
  extendSubscription,
  cancelSubscription,
  terminateSubscription,
  getOwnSubscription,
  listLicenceKeys,
  createLicenceKey,
  withdrawLicenceKey,
  redeemLicenceKey,
  redeemLicenceKeyForCompany,
  listPartnerships,
  exportPartnerships,
  connectPartner,
  disconnectPartner,
  listPartners,
  findPartner,
  addPartner,
  giveConsent,
  withdrawConsent,
  listConsentReceipts,
  getConsentReceipt,
  printConsentReceipt,
  grantAdministratorAccess,
  endAdministratorAccess,
  listCustomers,
  exportCustomers,
  listCustomerChanges,
  getCustomer,
  requestConsent,
  listCustomerInvitations,
  inviteCustomer,
  resendCustomerInvitation,
  revokeCustomerInvitation,
  lookUpCustomerInvitation,
  acceptCustomerInvitation,
  ...siteOperations,
  listDevices,
  getDeviceDetails,
  listDeviceSensors,
  getSensorHistory,
  streamMeasurements,
  listKeys,
  getKey,
  getKeyUsage,
  getUsage,
  createKey,
  updateKey,
  rotateKey,
  deleteKey,
  reportKey,
  ...accessOperations,
  listGateways,
  createGateway,
  replaceGatewayToken,
  removeGateway,
  listWebhooks,
  createWebhook,
  updateWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  testWebhook,
  listWebhookDeliveries,
  getWebhookDelivery,
  resendWebhookDeliveries,
  listAccessTokens,
  createAccessToken,
  deleteAccessToken,
  listActs,
  getActHead,
  listActHeads,
  listActivity,
  exportActivity,
  verifyActs,
  exportOwnData,
  eraseOwnAccount,
  erasePerson,
  listMails,
  getMail,
  retryMail,
  ...installationOperations,
]
