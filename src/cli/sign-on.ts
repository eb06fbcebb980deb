import { readFileSync } from 'node:fs'
import { answered, command, given, needed, oneOf, UsageError } from './command.ts'
import { record } from './show.ts'

const yesOrNo = (text: string | undefined, option: string): boolean | undefined =>
  text === undefined ? undefined : oneOf(text, ['yes', 'no'], `--${option}`) === 'yes'

function secretIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new UsageError(`--client-secret-file is "${file}", which cannot be read.`)
  }
}

const signOnShow = command({
  name: 'sign-on show',
  summary: "Your company's single sign-on",
  run: async ({ client }) => {
    const { provider, ...uris } = answered(await client.GET('/api/v1/sign-in-provider'))
    const none = `There is none.\n\n${record(uris)}`
    return { json: { provider, ...uris }, text: provider === undefined ? none : record(provider) }
  },
})

const signOnSet = command({
  name: 'sign-on set',
  summary: "Set your company's single sign-on; what is left out stays",
  options: {
    name: { type: 'string' },
    issuer: { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret-file': { type: 'string' },
    enabled: { type: 'string' },
    required: { type: 'string' },
    exempt: { type: 'string' },
    'two-factors': { type: 'string' },
  },
  help: {
    name: 'What its people type to sign in there',
    issuer: "The provider's address (OpenID Connect)",
    'client-id': 'The client that the provider knows',
    'client-secret-file': "A file with the client's secret (default: the one that is kept)",
    enabled: 'yes or no: whether members may sign in there (default: yes)',
    required: 'yes or no: whether members must (default: no)',
    exempt: 'The id of the administrator who need not; an empty text takes it away',
    'two-factors': 'yes or no: whether a sign-in there counts as two factors (default: no)',
  },
  run: async ({ client, values }) => {
    const { provider } = answered(await client.GET('/api/v1/sign-in-provider'))
    const file = values['client-secret-file']
    const exempt = values.exempt ?? provider?.exemptMemberId ?? ''
    const body = {
      name: needed(values.name ?? provider?.name, 'name'),
      issuer: needed(values.issuer ?? provider?.issuer, 'issuer'),
      clientId: needed(values['client-id'] ?? provider?.clientId, 'client-id'),
      enabled: yesOrNo(values.enabled, 'enabled') ?? provider?.enabled ?? true,
      required: yesOrNo(values.required, 'required') ?? provider?.required ?? false,
      countsAsTwoFactors: yesOrNo(values['two-factors'], 'two-factors') ?? provider?.countsAsTwoFactors ?? false,
      ...given({
        exemptMemberId: exempt === '' ? undefined : exempt,
        clientSecret: file === undefined ? undefined : secretIn(file),
      }),
    }
    const set = answered(await client.PUT('/api/v1/sign-in-provider', { body }))
    return { json: set, text: record(set) }
  },
})

const signOnRemove = command({
  name: 'sign-on remove',
  summary: "Remove your company's single sign-on; sessions that began there end",
  run: async ({ client }) => {
    answered(await client.DELETE('/api/v1/sign-in-provider'))
    return { json: {}, text: 'Removed.' }
  },
})

const signOnTurnOff = command({
  name: 'sign-on turn-off',
  summary: "Turn a company's single sign-on off, with its settings kept (for the vendor)",
  args: ['COMPANY'],
  run: async ({ client, args: [companyId = ''] }) => {
    answered(await client.DELETE('/api/v1/companies/{companyId}/single-sign-on', { params: { path: { companyId } } }))
    return { json: {}, text: 'Turned off.' }
  },
})

export const signOnCommands = [signOnShow, signOnSet, signOnRemove, signOnTurnOff]
