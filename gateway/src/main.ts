import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { checkOnce } from './check.ts'
import { ConfigError, type GatewayConfig, readConfig } from './config.ts'
import { startGateway } from './gateway.ts'
import { jsonLog } from './log.ts'

const usage = `Reads the UPSs of NUT servers and sends them to Assent.

  npm run gateway -- --config FILE            run until stopped (Ctrl-C, SIGTERM)
  npm run gateway -- --config FILE --check    read once, print what would be sent, send nothing

docs/guides/gateway.md describes the configuration file.
`

const source = {
  now: () => new Date(),
  random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
  newInstance: () => randomBytes(8).toString('hex'),
}

function optionsFrom(args: string[]): { config: GatewayConfig; check: boolean } | null {
  let values: { config?: string; check?: boolean; help?: boolean }
  try {
    values = parseArgs({
      args,
      options: { config: { type: 'string' }, check: { type: 'boolean' }, help: { type: 'boolean' } },
    }).values
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : error}\n\n${usage}`)
  }
  if (values.help) return null
  if (values.config === undefined) throw new ConfigError(`--config FILE is missing: name the configuration file\n\n${usage}`)
  return { config: readConfig(values.config), check: values.check ?? false }
}

async function main(): Promise<void> {
  const options = optionsFrom(process.argv.slice(2))
  if (options === null) {
    process.stdout.write(usage)
    return
  }
  if (options.check) {
    const { found, problems } = await checkOnce(options.config, source.now().toISOString())
    process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
    for (const problem of problems) process.stderr.write(`${problem}\n`)
    process.exitCode = problems.length > 0 ? 1 : 0
    return
  }
  const log = jsonLog((line) => process.stdout.write(line), source.now)
  const gateway = await startGateway(options.config, log, source)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gateway.stop())
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = error instanceof ConfigError ? 2 : 1
})
