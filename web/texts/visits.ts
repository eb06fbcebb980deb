/** What is said where the vendor views a company's portal. */
export const visitTexts = {
  view: 'View as this company',
  title: (name: string) => `View the portal of ${name}?`,
  text: (name: string) =>
    `You read what administrators of ${name} read: people, keys, subscriptions, consents, gateways, webhooks, access history, activity. You change nothing, and see no device data.`,
  told: (name: string) =>
    `The administrators of ${name} are told now by mail, with your name and the reason, and both records of acts keep it.`,
  reason: 'Reason',
  reasonHint: 'The company reads it. Write no personal data: it is kept for good.',
  reasonMissing: 'Say why: the company is told.',
  minutes: 'For at most',
  minutesOf: (minutes: number) => `${minutes} minutes`,
  begin: 'View',
  forbidden: 'This company does not allow the vendor to view its portal.',
  banner: (name: string) => `You view the portal of ${name}`,
  bannerText: 'You can change nothing, and see no device data. The company was told.',
  until: 'It ends by itself',
  leave: 'Leave',
  over: (name: string) => `You no longer view the portal of ${name}.`,
  settings: 'The vendor’s view',
  settingsLead:
    'To help you, an administrator of the vendor may view this portal for at most an hour: to read alone, and never device data.',
  allow: 'Allow the vendor to view our portal',
  allowHint: 'You are told by mail each time, with the reason. Taking it back ends a view that is under way.',
  saved: (allowed: boolean) => (allowed ? 'The vendor may view this portal.' : 'The vendor can no longer view this portal.'),
}
