/** Problems with webhooks, a part of the catalogue (problem.ts). */
export const webhookProblems = {
  'too-many-webhooks': {
    status: 409,
    title: 'Too many webhooks',
    detail: 'A company has at most 50 webhooks. Delete one that is no longer needed, or let one tell more.',
  },
  'webhook-disabled': {
    status: 409,
    title: 'The webhook is disabled',
    detail: 'Nothing is sent to it. Enable it first.',
  },
  'webhook-full': {
    status: 409,
    title: 'As many wait as may',
    detail: 'So many events wait for this webhook that no more are sent again. Go on once its receiver has taken some.',
  },
} as const
