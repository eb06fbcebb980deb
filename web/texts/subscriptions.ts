import type { Subscription } from '../client.ts'

const kinds: Record<Subscription['kind'], string> = { paid: 'Paid subscription', trial: 'Trial' }
const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`

export const subscriptionTexts = {
  title: 'Subscriptions',
  lead: 'Your subscription, and which partners may read your device data.',
  section: 'Subscription',
  kinds,
  state: { active: 'Active', ended: 'Ended', upcoming: 'Starts later' },
  facts: {
    state: 'State',
    kind: 'Kind',
    since: 'Since',
    starts: 'Starts',
    until: 'Until',
    ended: 'Ended',
    left: 'Left',
    next: 'Then',
  },
  left: days,
  active:
    'When it ends, partner access and your API keys end with it, at that moment. Your gateways go on collecting. Consent that you have given is kept: renewing brings access back without asking again.',
  canceled: 'It is canceled: it stays valid to its end, and is not renewed.',
  ended:
    'Partners cannot read your device data, and your API keys are refused. Your gateways go on collecting. Consent that you have given is kept: renewing brings access back without asking again.',
  upcoming: 'Until it starts, partners cannot read your device data, and your API keys are refused.',
  contact: { before: 'To start, renew or change a subscription, contact ', after: ', or redeem a licence key.' },
  noContact: 'A licence key starts or renews a subscription.',
  none: {
    title: 'No subscription yet',
    text: 'A trial starts by itself when your first gateway sends its first data. Until then partners cannot read anything, and API keys are refused.',
  },
}

export const partnerTexts = {
  title: 'Your partner',
  add: 'Add partner',
  facts: {
    id: 'Partner ID',
    email: 'Email',
    phone: 'Phone',
    address: 'Address',
    connected: 'Connected since',
    lastRead: 'Last access',
  },
  neverRead: 'Never',
  history: 'Who read what, and when',
  saving: 'Saving…',
  saved: (allowed: boolean) => (allowed ? 'Saved. Access is allowed.' : 'Saved. Access is withdrawn.'),
  since: 'Allowed since',
  by: (name: string) => `by ${name}`,
  asked: (partner: string, date: string) => `${partner} asked for your consent on ${date}.`,
  notAllowed: (partner: string) =>
    `Not allowed. ${partner} sees your company’s name, and that you have not consented; no device data.`,
  paused: 'Allowed, but nothing can be read while you have no active subscription.',
  only: (kinds: string) => `Limited to: ${kinds}.`,
  until: 'Until',
  willSee: (partner: string) => `What ${partner} can read while this is checked`,
  willNotSee: 'What stays closed',
  failedToSave: 'Not saved',
  withdrawTitle: (partner: string) => `Withdraw ${partner}’s access?`,
  withdrawDoes: (partner: string) => `From this moment every request of ${partner} for your device data is refused.`,
  withdrawCannot: 'What it has already read cannot be taken back. You can allow access again at any time.',
  withdraw: 'Withdraw',
  keep: 'Keep access',
  none: {
    title: 'No partner is connected',
    text: 'A partner is a company that looks after your devices, such as a service provider. Add yours with the Partner ID that it tells you; it then stands here, and you decide whether it may read your device data. Connecting alone shows it your company’s name and whether you allow access, and no device data.',
  },
}
