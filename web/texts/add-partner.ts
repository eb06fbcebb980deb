export const addPartnerTexts = {
  title: 'Add partner',
  partnerId: 'Partner ID',
  hint: 'The partner tells you its own: letters, digits and underscores, such as ACME_INC.',
  missing: 'Enter the Partner ID.',
  find: 'Find',
  found: 'Is this the partner you mean?',
  facts: { name: 'Name', id: 'Partner ID', email: 'Email', phone: 'Phone', address: 'Address' },
  does: (partner: string) =>
    `Once added, ${partner} sees your company’s name and whether you allow access. It reads no device data until you check the box that allows it.`,
  back: 'Back',
  submit: 'Add partner',
  added: (partner: string) => `${partner} is added. It reads no device data until you allow it.`,
}
