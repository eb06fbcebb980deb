import { durationText } from '../numbers.ts'
import type { OwnWords } from '../own-words.ts'

/** What is to be in a field, where the form did not say it before. By the property's name in the API. */
const fields: Record<string, string> = {
  address: 'The address is too long.',
  contactEmail: 'An email address is such as name@example.com.',
  contactPhone: 'The telephone number is too long.',
  email: 'An email address is such as name@example.com.',
  endsAt: 'The end lies in the future, and behind the present one.',
  expiresAt: 'The end lies in the future.',
  issuer: 'The issuer is an address such as https://login.example.com.',
  label: 'The name is not empty, and has no more than one line.',
  name: 'The name is not empty, and not too long.',
  networks: 'A network is such as 192.0.2.0/24, 2001:db8::/32 or 198.51.100.7.',
  partnerId: 'A Partner ID has 1 to 64 capitals, digits and underscores.',
  url: 'The address is such as https://example.com/hook, without a name or password in it. For another server, make a new webhook.',
}

/** Problems by their code, in the portal's words: where the server's are for programs. For all others the server has them. */
export const problemWords: Record<string, OwnWords> = {
  'already-connected': { title: 'Already connected', detail: 'This customer and this partner are connected.' },
  'code-needed': {
    title: 'A code is needed',
    detail: 'Enter the code of your authenticator app, or a recovery code, within ten minutes.',
  },
  'company-closed': { title: 'This company is closed', detail: 'A closed company is not resumed. Take it back first.' },
  'confirmation-needed': { title: 'Not confirmed', detail: 'Nothing was done. Try again, and confirm that it is you.' },
  'cross-site': {
    title: 'Not sent by this page',
    detail: 'Your browser does not say that the request comes from this portal. Open it under its own address.',
  },
  'customer-not-connected': {
    title: 'Not a connected customer',
    detail: 'At least one of these customers is no longer connected to you. Load the page again.',
  },
  'media-type': { title: 'The portal is out of date', detail: 'Load the page again.' },
  'method-not-allowed': { title: 'The portal is out of date', detail: 'Load the page again.' },
  'not-covered': {
    title: 'This organization is not covered',
    detail: 'You do not see the devices of this organization now. It may be that there is none with this id.',
  },
  'request-malformed': {
    title: 'Something does not fit',
    detail: ({ field, told }) => (field && fields[field]) || told,
  },
  'too-many-requests': {
    title: 'Too much at once',
    // The server's general sentence names a header; its others say what was too much, and when to go on.
    detail: ({ told, waitSeconds }) =>
      told.includes('Retry-After') && waitSeconds !== undefined ? `Try again in ${durationText(waitSeconds)}.` : told,
  },
  'too-many-streams': {
    title: 'Too many pages at once',
    detail: 'As many pages show live values as one person may have open. Close one.',
  },
}
