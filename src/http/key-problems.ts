/** Problems with keys and customers, a part of the catalogue (problem.ts). */
export const keyProblems = {
  'customer-not-connected': {
    status: 422,
    title: 'Not a connected customer',
    detail: 'At least one of these organizations is not connected to you. GET /api/v1/customers lists those that are.',
  },
  'consent-not-asked': {
    status: 409,
    title: 'Not asked for consent',
    detail: 'A customer without consent is asked once in 7 days, where it has somebody who could give it.',
  },
  'key-widened': {
    status: 409,
    title: 'A key is never widened',
    detail: 'A key can be narrowed in place: an earlier expiry, fewer customers, fewer networks. For more, generate a new key.',
  },
  'key-reported': {
    status: 409,
    title: 'This key was reported',
    detail: 'Somebody found it and reported it, so it is refused for good. Generate a new key.',
  },
  'key-not-rotated': {
    status: 409,
    title: 'This key is not replaced',
    detail:
      'Only a key that is valid, and was not replaced before, is replaced by one with the same settings. Generate a new key.',
  },
} as const
