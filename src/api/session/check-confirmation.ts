import { managementOperation } from '../../http/management.ts'
import { access } from '../access.ts'

export const checkConfirmation = managementOperation({
  operationId: 'checkConfirmation',
  method: 'GET',
  path: '/session/confirmation',
  tag: 'session',
  summary: 'Whether the session was confirmed lately',
  description:
    'Answers confirmation-needed where it was not: for what a browser is to load by itself, such as a file, and asks for a confirmation.',
  access: access.checkConfirmation,
  answer: { status: 204 },
  handle: async () => undefined,
})
