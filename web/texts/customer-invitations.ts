export const inviteCustomerTexts = {
  title: 'Invite customer',
  lead: 'The organization gets a link by mail, good for 30 days. Whoever opens it sets up the organization’s own company, connected to yours. You read its device data once it allows that.',
  known: (partnerId: string) =>
    `A company that is in this portal already needs no invitation: it adds you under Administration > Subscriptions with your Partner ID, ${partnerId}.`,
  name: 'Organization name',
  nameMissing: 'Enter the name of the organization.',
  email: 'Email address',
  emailHint: 'Of whoever will administer the organization. The link works for this address only.',
  emailMissing: 'Enter the email address.',
  emailMalformed: 'This is not an email address. It has the form name@example.com.',
  address: 'Postal address',
  addressHint: 'Optional.',
  submit: 'Send invitation',
  sent: (name: string) => `${name} is invited.`,
}

export const pendingTexts = {
  title: 'Invited, not joined yet',
  table: 'Invited customers',
  columns: { name: 'Organization', email: 'Email', sent: 'Sent', until: 'Valid until', actions: 'Actions' },
  expired: 'Expired',
  resend: 'Resend',
  resendTo: (email: string) => `Resend the invitation to ${email}`,
  resent: (email: string) => `A new link is on its way to ${email}. The one before no longer works.`,
  revoke: 'Revoke',
  revokeTo: (email: string) => `Revoke the invitation to ${email}`,
  revokeTitle: (name: string) => `Revoke the invitation of ${name}?`,
  revokeText: (email: string) => `The link that was sent to ${email} is refused at once. You can invite the address again.`,
  revokeConfirm: 'Revoke invitation',
  revoked: (name: string) => `The invitation of ${name} is revoked.`,
}
