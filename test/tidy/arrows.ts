import { importsOf } from './imports.ts'
import { eachFile, isCode, isTest, isUnder, type Rule } from './source-files.ts'

/**
 * Who may see whom: each part of the repository with the parts that it may import, apart from itself. A path belongs to the
 * longest part that holds it. Tests, benchmarks and scripts see everything and are seen by none.
 */
const sees: Record<string, readonly string[]> = {
  'src/clock.ts': [],
  'src/config.ts': ['src/database-settings.ts', 'src/mail-settings.ts', 'src/address-settings.ts', 'src/settings.ts'],
  'src/settings.ts': [],
  'src/database-settings.ts': [],
  'src/mail-settings.ts': [],
  'src/address-settings.ts': [],
  'src/outside': ['src/address-settings.ts'],
  'src/smtp.ts': ['src/mail-settings.ts'],
  'src/secret-file.ts': ['src/clock.ts'],
  'src/start-failure.ts': [],
  'src/log.ts': [],
  'src/collect-garbage.ts': [],
  'src/context.ts': ['src/clock.ts', 'src/config.ts', 'src/domain', 'src/store', 'src/http', 'src/measurements', 'src/outside'],
  'src/domain': [],
  // The record of acts is verified by one piece of code, in the server and, by whoever does not trust it, outside.
  'src/domain/chain.ts': ['src/domain'],
  'src/email': ['src/domain'],
  // Between those who have something to tell and the mails' own table: it names messages, and is named by all who act.
  'src/mail.ts': ['src/domain', 'src/email', 'src/store', 'src/context.ts'],
  // The same for what becomes of consents, which people and the clock do.
  'src/consent-receipts.ts': ['src/domain', 'src/email', 'src/store', 'src/context.ts', 'src/mail.ts'],
  // The same for events of webhooks, which may disable one.
  'src/add-deliveries.ts': ['src/domain', 'src/email', 'src/store', 'src/context.ts', 'src/mail.ts'],
  'src/store': ['src/domain', 'src/clock.ts'],
  'src/measurements': ['src/domain', 'src/store', 'src/clock.ts'],
  // How a caller is refused: the part of the frame that sign-in needs too.
  'src/http/problem.ts': [
    'src/domain',
    'src/http/sign-in-problems.ts',
    'src/http/key-problems.ts',
    'src/http/site-problems.ts',
    'src/http/webhook-problems.ts',
  ],
  'src/http/key-problems.ts': [],
  'src/http/site-problems.ts': [],
  'src/http/webhook-problems.ts': [],
  'src/http/sign-in-problems.ts': [],
  'src/http/bearer.ts': ['src/domain'],
  'src/auth': [
    ...['src/domain', 'src/store', 'src/email', 'src/mail.ts', 'src/http/problem.ts', 'src/http/bearer.ts'],
    ...['src/context.ts', 'src/clock.ts', 'src/secret-file.ts', 'src/outside'],
  ],
  'src/http': [
    ...['src/domain', 'src/store', 'src/measurements', 'src/auth', 'src/http/problem.ts', 'src/http/bearer.ts'],
    ...['src/context.ts', 'src/config.ts', 'src/clock.ts'],
  ],
  'src/api': [
    ...['src/domain', 'src/store', 'src/measurements', 'src/auth', 'src/http', 'src/http/problem.ts', 'src/http/bearer.ts'],
    ...[
      'src/context.ts',
      'src/clock.ts',
      'src/email',
      'src/mail.ts',
      'src/consent-receipts.ts',
      'src/add-deliveries.ts',
      'src/outside',
      'src/domain/chain.ts',
    ],
  ],
  'src/jobs': [
    ...[
      'src/domain',
      'src/store',
      'src/measurements',
      'src/email',
      'src/mail.ts',
      'src/consent-receipts.ts',
      'src/add-deliveries.ts',
      'src/smtp.ts',
      'src/outside',
      'src/context.ts',
      'src/clock.ts',
    ],
  ],
  'src/cli': ['client', 'src/config.ts', 'src/domain/chain.ts'],
  'src/main.ts': [
    ...[
      'src/domain',
      'src/store',
      'src/measurements',
      'src/api',
      'src/jobs',
      'src/http',
      'src/auth',
      'src/email',
      'src/outside',
      'demo',
    ],
    ...[
      'src/context.ts',
      'src/config.ts',
      'src/clock.ts',
      'src/secret-file.ts',
      'src/start-failure.ts',
      'src/log.ts',
      'src/collect-garbage.ts',
    ],
  ],
  demo: ['src/domain', 'src/store', 'src/measurements', 'src/clock.ts', 'src/secret-file.ts'],
  'docs/guides/programs': [],
  client: [],
  gateway: ['client'],
  web: ['client'],
}

const parts = Object.keys(sees).sort((one, other) => other.length - one.length)
const unbound = /^(test|bench|scripts)\//

/** Imports run along the arrows of ARCHITECTURE.md. */
export const importsFollowTheArrows: Rule = eachFile(
  (file) => isCode(file) && !isTest(file) && !unbound.test(file.path) && file.path.includes('/'),
  (file) => {
    const part = partOf(file.path)
    if (part === undefined)
      return [`${file.path} is in no part of the layout: give it one in test/tidy/arrows.ts, with what it may see`]
    return importsOf(file).flatMap((path) => {
      const seen = partOf(path)
      const ours = seen !== undefined || isUnder(path, 'src', 'test', 'bench', 'scripts')
      if (!ours || seen === part || (seen !== undefined && sees[part]?.includes(seen))) return []
      return [`${file.path} imports ${path}: ${part} may see only ${sees[part]?.join(', ') || 'itself'}`]
    })
  },
)

/** The conformance suite examines any server, so nothing of ours comes with it, however far an import leads. */
export const conformanceSeesNoServer: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const reached = files.filter(({ path }) => isUnder(path, 'test/conformance') && path.endsWith('.ts'))
  const known = new Set(reached.map(({ path }) => path))
  const findings: string[] = []
  for (const file of reached) {
    for (const path of importsOf(file)) {
      if (isUnder(path, 'src'))
        findings.push(`${file.path} imports ${path}: test/conformance runs against servers that are not ours`)
      const next = byPath.get(path)
      if (next === undefined || known.has(path) || !isUnder(path, 'test')) continue
      known.add(path)
      reached.push(next)
    }
  }
  return findings
}

function partOf(path: string): string | undefined {
  return parts.find((part) => isUnder(path, part))
}
