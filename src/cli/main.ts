import { parseArgs } from 'node:util'
import { createManagementClient } from '@assent/client'
import { commandLineEnvironment } from '../config.ts'
import { auditCommands } from './audit.ts'
import { backupCommands } from './backup.ts'
import { type Command, commonOptions, Failure, UsageError } from './command.ts'
import { companyCommands } from './company.ts'
import { consentCommands } from './consent.ts'
import { customerCommands } from './customer.ts'
import { gatewayCommands } from './gateway.ts'
import { installationCommands } from './installation.ts'
import { keyCommands } from './key.ts'
import { mailCommands } from './mail.ts'
import { partnershipCommands } from './partnership.ts'
import { restoreCommands } from './restore.ts'
import { type Environment, settingsOf } from './settings.ts'
import { signOnCommands } from './sign-on.ts'
import { subscriptionCommands } from './subscription.ts'
import { tokenCommands } from './token.ts'
import { webhookCommands } from './webhook.ts'
import { webhookDeliveryCommands } from './webhook-delivery.ts'

/** Every command, in the order of the help text. */
export const commands: readonly Command[] = [
  ...companyCommands,
  ...subscriptionCommands,
  ...partnershipCommands,
  ...customerCommands,
  ...consentCommands,
  ...keyCommands,
  ...gatewayCommands,
  ...webhookCommands,
  ...webhookDeliveryCommands,
  ...tokenCommands,
  ...signOnCommands,
  ...mailCommands,
  ...installationCommands,
  ...auditCommands,
  ...backupCommands,
  ...restoreCommands,
]

/** Where a command writes to. */
export interface Streams {
  out(text: string): void
  err(text: string): void
}

/** Runs one command. Returns the exit code: 0 done, 1 refused or found wrong, 2 typed wrong. */
export async function runCommandLine(args: readonly string[], environment: Environment, { out, err }: Streams): Promise<number> {
  try {
    const found = commandIn(args)
    if (found === null) {
      const asked = args.length === 0 || args.includes('--help') || args.includes('-h') || args[0] === 'help'
      if (!asked) throw new UsageError(unknown(args))
      out(overview(args[0]))
      return args.length === 0 ? 2 : 0
    }
    const { values, positionals } = parsed(found.command, found.rest)
    if (values.help === true) {
      out(helpOf(found.command))
      return 0
    }
    checkCount(found.command, positionals)
    const { withoutServer = false } = found.command
    const settings = settingsOf({ url: textOf(values.url), data: textOf(values.data) }, environment, withoutServer)
    const client = createManagementClient({ baseUrl: settings.url, token: settings.token })
    const said = await found.command.run({ client, settings, args: positionals, values })
    out(values.json === true ? JSON.stringify(said.json, null, 2) : said.text)
    return said.failed ? 1 : 0
  } catch (error) {
    err(`assent: ${messageOf(error)}`)
    return error instanceof UsageError ? 2 : 1
  }
}

function commandIn(args: readonly string[]): { command: Command; rest: string[] } | null {
  for (const words of [2, 1]) {
    const command = commands.find((one) => one.name === args.slice(0, words).join(' '))
    if (command) return { command, rest: args.slice(words) }
  }
  return null
}

function parsed(command: Command, args: string[]) {
  try {
    return parseArgs({ args, options: { ...command.options, ...commonOptions }, allowPositionals: true })
  } catch (error) {
    // The parser's first sentence names the option; its others are advice for values that look like options.
    const said = (error as Error).message.split('. ')[0]
    throw new UsageError(`${said}. \`assent ${command.name} --help\` lists what it takes.`)
  }
}

function checkCount(command: Command, positionals: readonly string[]): void {
  const needed = command.args.filter((name) => !name.startsWith('['))
  if (positionals.length >= needed.length && positionals.length <= command.args.length) return
  throw new UsageError(
    `${usageOf(command)}: it takes ${command.args.length || 'no'} arguments, ${positionals.length} were given.`,
  )
}

function messageOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof Failure) return error.message
  if (error instanceof TypeError && error.message === 'fetch failed') {
    const cause = error.cause instanceof Error ? ` (${error.cause.message || error.cause.name})` : ''
    return `No server answers${cause}. Start it, or name its address with --url or ASSENT_URL.`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function usageOf(command: Command): string {
  return ['assent', command.name, ...command.args].join(' ')
}

function overview(noun: string | undefined): string {
  const nouns = commands.filter((one) => one.name.split(' ')[0] === noun)
  const shown = nouns.length > 0 ? nouns : commands
  const width = Math.max(...shown.map((one) => usageOf(one).length))
  return [
    'Usage: assent COMMAND [options]',
    '',
    ...shown.map((one) => `  ${usageOf(one).padEnd(width)}  ${one.summary}`),
    '',
    'Options of every command:',
    ...commonHelp,
    '',
    'The token is ASSENT_TOKEN, or the file cli-token in the data directory (ASSENT_DATA, default ./data); the address is',
    '--url, ASSENT_URL, or the file url beside it. Exit codes: 0 done, 1 refused or found wrong, 2 typed wrong.',
  ].join('\n')
}

const commonHelp = [
  helpLine('json', 'The answer as JSON'),
  helpLine('url', 'The address of the server'),
  helpLine('data', 'The data directory of the server'),
  helpLine('help', 'What a command takes'),
]

function helpLine(option: string, help: string): string {
  return `  --${option.padEnd(14)}  ${help}`
}

function unknown([noun = '', verb]: readonly string[]): string {
  const verbs = commands.filter((one) => one.name.startsWith(`${noun} `)).map((one) => one.name.slice(noun.length + 1))
  const typed = verb === undefined ? noun : `${noun} ${verb}`
  if (verbs.length === 0) return `There is no command "${typed}". \`assent --help\` lists them.`
  return `There is no command "${typed}". After ${noun} comes one of: ${verbs.join(', ')}.`
}

function helpOf(command: Command): string {
  const own = Object.entries(command.help).map(([name, help]) => helpLine(name, help))
  return [`Usage: ${usageOf(command)} [options]`, '', command.summary, '', 'Options:', ...own, ...commonHelp].join('\n')
}

if (import.meta.main) {
  process.exitCode = await runCommandLine(process.argv.slice(2), commandLineEnvironment(), {
    out: (text) => console.log(text),
    err: (text) => console.error(text),
  })
}
