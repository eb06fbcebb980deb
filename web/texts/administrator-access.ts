export const administratorAccessTexts = {
  label: 'Administrator access',
  off: (partner: string) =>
    `Off. Switch it on to let administrators of ${partner} add and remove your gateways and see your subscription, as an installer would.`,
  on: (partner: string) => `Administrators of ${partner} may add and remove your gateways, and see your subscription.`,
  since: 'Since',
  by: (name: string) => `by ${name}.`,
  never: 'It opens no device data, no keys and no people of yours. What they do is recorded under their own names.',
  saving: 'Saving…',
  failedToSave: 'Not saved',
}

export const removePartnerTexts = {
  remove: 'Remove partner',
  removeNamed: (partner: string) => `Remove partner ${partner}`,
  title: (partner: string) => `Remove ${partner}?`,
  does: (partner: string) =>
    `At once, ${partner} can no longer read your device data, open streams end, and its administrator access is over. Your consent ends for good: should you add ${partner} again, you start without.`,
  cannot:
    'What it has already read cannot be taken back. Gateways that it added for you go on; remove them under Administration > Gateways.',
  keep: 'Keep partner',
  done: (partner: string) => `${partner} is removed.`,
}
