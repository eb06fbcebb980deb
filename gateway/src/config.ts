import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'

/** A mistake in the configuration: its message says where and what to do. */
export class ConfigError extends Error {}

const seconds = (least: number) => z.number().min(least).max(86_400)
const name = z
  .string()
  .min(1)
  .max(60)
  .regex(/^\P{Cc}+$/u, 'must not hold control characters')

const nutServer = z.strictObject({
  type: z.literal('nut', { error: 'must be nut: that is what this gateway reads' }),
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535).default(3493),
  name: name.optional(),
  username: z.string().min(1).max(200).optional(),
  password: z.string().min(1).max(200).optional(),
  ups: z.array(z.string().min(1).max(100)).min(1, 'must name a UPS at least: leave it out to read all').optional(),
  location: z.string().min(1).max(150).optional(),
})

const configSchema = z.strictObject({
  server: z.strictObject({
    url: z.url({ protocol: /^https?$/, error: 'must be the address of Assent, for example https://assent.example.com' }),
    token: z.string().optional(),
    tokenFile: z.string().min(1).optional(),
    allowPlainHttp: z.boolean().default(false),
  }),
  dataDirectory: z.string().min(1),
  pollSeconds: seconds(0.1).default(5),
  inventorySeconds: seconds(1).default(300),
  measurementSeconds: seconds(0.1).optional(),
  queue: z
    .strictObject({
      batchesMax: z.int().min(10).max(1_000_000).default(10_000),
      megabytesMax: z.number().min(1).max(100_000).default(200),
      measurementMegabytesMax: z.number().min(0.1).max(100_000).default(200),
    })
    .prefault({}),
  devices: z.array(nutServer).min(1, 'must name a NUT server at least'),
})

export type NutServer = z.output<typeof nutServer> & { name: string }

export interface GatewayConfig {
  url: URL
  token: string
  dataDirectory: string
  pollMs: number
  inventoryMs: number
  /** How often is measured; undefined: by the number of devices. */
  measurementMs: number | undefined
  queue: { batchesMax: number; bytesMax: number }
  measurementQueue: { bytesMax: number }
  servers: NutServer[]
}

/** Reads a configuration file. Paths in it are relative to it. Throws a ConfigError that says file, line, field and what to do. */
export function readConfig(path: string): GatewayConfig {
  const text = readText(path, 'give the path of the configuration file after --config')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [mistake] = document.errors
  if (mistake) {
    const { line, col } = lines.linePos(mistake.pos[0])
    throw new ConfigError(`${path}:${line}:${col}: is not YAML: ${mistake.message.split('\n')[0]}`)
  }
  const refuse = (field: readonly PropertyKey[], sentence: string): never => {
    throw new ConfigError(`${path}${placeOf(document, lines, field)}: ${fieldName(field)}${sentence}`)
  }
  const checked = configSchema.safeParse(document.toJS() ?? {})
  if (!checked.success) {
    const [issue] = checked.error.issues
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    return refuse([...(issue?.path ?? []), ...unknown], issue ? sentenceOf(issue) : 'is not right')
  }

  const { server, queue, devices, ...rest } = checked.data
  const url = new URL(server.url.endsWith('/') ? server.url : `${server.url}/`)
  if (url.protocol === 'http:' && !isThisMachine(url.hostname) && !server.allowPlainHttp) {
    refuse(
      ['server', 'url'],
      'must begin with https: the token would cross the network in clear (allowPlainHttp: true permits it)',
    )
  }
  const servers = devices.map((device) => ({ ...device, name: device.name ?? `${device.host}:${device.port}` }))
  servers.forEach((one, index) => {
    if (servers.findIndex((other) => other.name === one.name) < index) {
      refuse(['devices', index], `is a second NUT server with the name ${one.name}: give it another name`)
    }
  })
  return {
    url,
    token: readToken(server, path, refuse),
    dataDirectory: resolve(dirname(path), rest.dataDirectory),
    pollMs: rest.pollSeconds * 1000,
    inventoryMs: rest.inventorySeconds * 1000,
    measurementMs: rest.measurementSeconds === undefined ? undefined : rest.measurementSeconds * 1000,
    queue: { batchesMax: queue.batchesMax, bytesMax: queue.megabytesMax * 1024 * 1024 },
    measurementQueue: { bytesMax: queue.measurementMegabytesMax * 1024 * 1024 },
    servers,
  }
}

type Refuse = (field: readonly PropertyKey[], sentence: string) => never

function readToken(server: { token?: string | undefined; tokenFile?: string | undefined }, path: string, refuse: Refuse): string {
  if ((server.token === undefined) === (server.tokenFile === undefined)) {
    refuse(['server'], 'needs either token or tokenFile: generate the token in the portal, where the gateway is added')
  }
  const field = server.token === undefined ? 'tokenFile' : 'token'
  const token = (server.token ?? readText(resolve(dirname(path), server.tokenFile as string), 'put the token in it')).trim()
  if (!/^gw_[0-9A-Za-z]{51}$/.test(token)) {
    refuse(
      ['server', field],
      'does not hold a gateway token (gw_ and 51 letters and digits): copy it again, or generate a new one',
    )
  }
  return token
}

function readText(path: string, advice: string): string {
  try {
    if (statSync(path).size > 1024 * 1024)
      throw new ConfigError(`${path}: is longer than 1 MiB, which no such file is: ${advice}`)
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof ConfigError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : error
    throw new ConfigError(`${path}: cannot be read (${code}): ${advice}`)
  }
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'is not known here: correct its name or leave it out'
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return `is required (${issue.expected})`
  if (issue.code === 'invalid_type') return `must be of the type ${issue.expected}`
  if (issue.code === 'too_small' && issue.origin !== 'array') return `must be at least ${issue.minimum}`
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`
  return issue.message
}

/** `:line:column` of a field, or of the nearest thing around it that is there. */
function placeOf(document: Document, lines: LineCounter, field: readonly PropertyKey[]): string {
  for (let length = field.length; length >= 0; length -= 1) {
    const node = document.getIn(field.slice(0, length), true)
    const start =
      node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range) ? node.range[0] : undefined
    if (typeof start === 'number') {
      const { line, col } = lines.linePos(start)
      return `:${line}:${col}`
    }
  }
  return ''
}

function fieldName(field: readonly PropertyKey[]): string {
  const text = field.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return text === '' ? '' : `${text.replace(/^\./, '')} `
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
