import { answered, command, given, oneOf, wholeNumber } from './command.ts'
import { secret, table } from './show.ts'

const roles = ['administrator', 'operator', 'editor', 'viewer'] as const
const daysMax = 365

const tokenList = command({
  name: 'token list',
  summary: "Your company's access tokens",
  run: async ({ client }) => {
    const { accessTokens } = answered(await client.GET('/api/v1/access-tokens'))
    return {
      json: accessTokens,
      text: table(accessTokens, ['id', 'name', 'role', 'createdBy', 'createdAt', 'expiresAt'], 'There are no access tokens.'),
    }
  },
})

const tokenCreate = command({
  name: 'token create',
  summary: 'Create an access token for a program',
  args: ['NAME'],
  options: { role: { type: 'string' }, days: { type: 'string', default: '90' } },
  help: { role: `${roles.join(', ')} (default: yours)`, days: `After how many days it expires, 1 to ${daysMax} (default: 90)` },
  run: async ({ client, args: [name = ''], values }) => {
    const role = values.role === undefined ? undefined : oneOf(values.role, roles, '--role')
    const body = { name, expiresInDays: wholeNumber(values.days, 1, daysMax, '--days'), ...given({ role }) }
    const made = answered(await client.POST('/api/v1/access-tokens', { body }))
    return { json: made, text: secret(`An access token until ${made.accessToken.expiresAt}.`, made.token) }
  },
})

const tokenDelete = command({
  name: 'token delete',
  summary: 'Delete an access token: it is refused from now on',
  args: ['TOKEN_ID'],
  run: async ({ client, args: [accessTokenId = ''] }) => {
    answered(await client.DELETE('/api/v1/access-tokens/{accessTokenId}', { params: { path: { accessTokenId } } }))
    return { json: {}, text: 'Deleted.' }
  },
})

export const tokenCommands = [tokenList, tokenCreate, tokenDelete]
