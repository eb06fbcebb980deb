import { describe, expect, test } from 'vitest'
import { conformanceSeesNoServer, importsFollowTheArrows } from './tidy/arrows.ts'
import { readsGoThroughTheCoverage, systemFilesNeedToBe } from './tidy/customers-data.ts'
import {
  filesAreShort,
  namesSayWhatIsInside,
  nothingIsAny,
  nothingIsExportedAsDefault,
  nothingIsMarkedUnfinished,
  operationsAreNamedByTheirFile,
  thereAreNoBarrels,
} from './tidy/manners.ts'
import {
  environmentIsReadInConfig,
  outsideIsAskedThroughTheGuard,
  sqlStandsInTheStore,
  timeAndRandomnessArePassedIn,
} from './tidy/places.ts'
import { type Rule, repositoryFiles } from './tidy/source-files.ts'
import { systemFiles, systemFilesMax } from './tidy/system-files.ts'

const repository = repositoryFiles()

interface HouseRule {
  promise: string
  rule: Rule
  /** Each breaks the rule once: path → text. */
  breaks: [path: string, text: string][]
  /** None breaks the rule, though each looks like it. */
  keeps?: [path: string, text: string][]
}

const rules: HouseRule[] = [
  {
    promise: 'imports run along the arrows of the architecture',
    rule: importsFollowTheArrows,
    breaks: [
      ['src/domain/key.ts', "import { keysOf } from '../store/keys.ts'"],
      ['src/store/keys.ts', "import type { Problem } from '../http/problem.ts'"],
      ['src/cli/keys.ts', "import { keysOf } from '../store/keys.ts'"],
      ['src/email/invitation.ts', "import { keysOf } from '../store/keys.ts'"],
      ['src/http/server.ts', "export { start } from '../main.ts'"],
      ['src/api/keys/list-keys.ts', "const { world } = await import('../../../demo/world.ts')"],
      ['src/jobs/purge.ts', "import { newPostgresDatabase } from '../../test/support/server.ts'"],
      ['web/pages/api.tsx', "import type { Key } from '../../src/domain/key.ts'"],
      ['gateway/src/batch.ts', "import { Batch } from '../../src/domain/batch.ts'"],
      ['client/src/index.ts', "import type { Batch } from '../../src/domain/batch.ts'"],
      ['demo/world.ts', "import { keysOf } from '../src/api/keys/list-keys.ts'"],
      ['src/elsewhere/thing.ts', 'export const thing = 1'],
    ],
    keeps: [
      ['src/store/keys.ts', "import type { Key } from '../domain/key.ts'\nimport pg from 'pg'"],
      ['web/client.ts', "import { managementClient } from '@assent/client'"],
      ['src/api/keys/list-keys.test.ts', "import { startServer } from '../../../test/support/server.ts'"],
    ],
  },
  {
    promise: 'the conformance suite sees nothing of the server',
    rule: conformanceSeesNoServer,
    breaks: [['test/conformance/alarms.test.ts', "import type { Alarm } from '../../src/domain/batch.ts'"]],
    keeps: [['test/conformance/alarms.test.ts', "import { ask } from './operations.ts'"]],
  },
  {
    promise: 'SQL stands in src/store only',
    rule: sqlStandsInTheStore,
    breaks: [
      ['src/api/keys/list-keys.ts', "import sql from 'sql-template-tag'"],
      ['src/jobs/purge.ts', "import { type Sql, raw } from 'sql-template-tag'"],
      ['src/auth/sessions.ts', "await pool.query('DELETE FROM session WHERE id = $1')"],
      ['src/auth/accounts.ts', "await pool.query('select id\\n from person where email = $1')"],
      ['demo/life.ts', "await query(`delete from batch where id = ${'a'}`)"],
      ['demo/world.sql', 'select 1'],
    ],
    keeps: [
      ['src/http/lists.ts', "import type { Sql } from 'sql-template-tag'"],
      ['src/store/keys.ts', "import sql from 'sql-template-tag'"],
      ['src/http/problem.ts', "const detail = 'Select a customer from the list.'"],
    ],
  },
  {
    promise: "statements that read a customer's data name the covered views only",
    rule: readsGoThroughTheCoverage,
    breaks: [
      ['src/store/alarms.ts', 'const all = sql`select json from alarm where id = ${id}`'],
      ['src/store/heads.ts', 'const head = sql`select ${column} from feed_head`'],
      ['src/store/devices.ts', "const table = raw('inventory_object')"],
    ],
    keeps: [['src/store/alarms.ts', "const covered = sql`select json from covered_alarm where family = 'alarm'`"]],
  },
  {
    promise: 'a system file that no longer needs to be one leaves the list',
    rule: systemFilesNeedToBe,
    breaks: [['src/store/restore.ts', 'const none = sql`select 1`']],
    keeps: [['src/store/restore.ts', 'const raised = sql`update feed_head set head = head + ${step}`']],
  },
  {
    promise: 'the environment is read in config.ts only',
    rule: environmentIsReadInConfig,
    breaks: [
      ['src/store/postgres.ts', 'const url = process.env.DATABASE_URL'],
      ['src/cli/main.ts', "const token = process.env['ASSENT_TOKEN']"],
      ['gateway/src/main.ts', "import { env } from 'node:process'"],
    ],
    keeps: [
      ['src/config.ts', 'const port = process.env.ASSENT_PORT'],
      ['src/main.ts', '// process.env is read in config.ts\nconst config = { env: 1 }.env'],
    ],
  },
  {
    promise: 'the server asks other hosts through the guarded function only',
    rule: outsideIsAskedThroughTheGuard,
    breaks: [
      ['src/jobs/deliver.ts', "await fetch('https://example.com')"],
      ['src/jobs/deliver.ts', "import { request } from 'undici'"],
      ['src/http/server.ts', "import { request as ask } from 'node:http'"],
    ],
    keeps: [
      ['src/http/metrics.ts', "import { createServer } from 'node:http'"],
      ['client/src/index.ts', "await fetch('/api/v1/session')"],
    ],
  },
  {
    promise: 'time and randomness come from what main.ts passes in',
    rule: timeAndRandomnessArePassedIn,
    breaks: [
      ['src/domain/key.ts', 'const now = Date.now()'],
      ['src/domain/key.ts', 'const now = new Date()'],
      ['demo/life.ts', 'const chance = Math.random()'],
      ['src/store/keys.ts', "import { randomUUID as newId } from 'node:crypto'"],
      ['src/http/server.ts', 'const id = globalThis.crypto.randomUUID()'],
    ],
    keeps: [
      ['src/domain/key.ts', 'const then = new Date(text)\nconst now = clock.now()\nconst id = clock.randomBytes(12)'],
      ['src/clock.ts', 'const now = new Date()'],
    ],
  },
  {
    promise: "a file's name says what is inside",
    rule: namesSayWhatIsInside,
    breaks: [
      ['src/domain/utils.ts', ''],
      ['src/helpers/time.ts', ''],
      ['web/ui/common.css', ''],
      ['src/store/key-manager.ts', ''],
      ['src/api/keys/service.test.ts', ''],
    ],
    keeps: [['src/domain/service-due-date.ts', '']],
  },
  {
    promise: 'nothing is exported as default, configuration apart',
    rule: nothingIsExportedAsDefault,
    breaks: [
      ['web/pages/api.tsx', 'export default function Page() {}'],
      ['src/config.ts', 'const config = 1\nexport default config'],
      ['src/config.ts', 'const config = 1\nexport { config as default }'],
    ],
    keeps: [['web/vite.config.ts', 'export default {}']],
  },
  {
    promise: 'no file only re-exports',
    rule: thereAreNoBarrels,
    breaks: [
      ['src/domain/index.ts', "export * from './key.ts'\nexport { type Role } from './role.ts'"],
      ['web/ui/all.ts', "export { Page } from './page.tsx'"],
    ],
    keeps: [
      ['client/src/index.ts', "export * from './management.ts'"],
      ['src/domain/key.ts', "export type { Role } from './role.ts'\nexport const key = 1"],
    ],
  },
  {
    promise: 'nothing is `any`',
    rule: nothingIsAny,
    breaks: [
      ['src/domain/key.ts', 'const key = given as any'],
      ['web/ui/page.tsx', 'export const show = (rows: Record<string, any>) => rows'],
    ],
    keeps: [['src/domain/key.ts', '// any key\nconst text = "any"']],
  },
  {
    promise: 'nothing is marked unfinished',
    rule: nothingIsMarkedUnfinished,
    breaks: [
      ['src/domain/key.ts', `// ${'TO' + 'DO'}: expiry`],
      ['docs/operations.md', `${'FIX' + 'ME'} later`],
    ],
  },
  {
    promise: 'files are short',
    rule: filesAreShort,
    breaks: [
      ['src/domain/key.ts', 'x\n'.repeat(301)],
      ['web/ui/page.css', 'x\n'.repeat(301)],
      ['ARCHITECTURE.md', 'x\n'.repeat(251)],
    ],
    keeps: [
      ['src/domain/key.ts', 'x\n'.repeat(300)],
      ['src/store/migrations/0001-companies.sql', 'x\n'.repeat(301)],
      ['docs/operations.md', 'x\n'.repeat(301)],
    ],
  },
  {
    promise: "an operation's file is named by its operationId",
    rule: operationsAreNamedByTheirFile,
    breaks: [['src/api/keys/keys-list.ts', "export const list = operation({ operationId: 'listKeys' })"]],
    keeps: [['src/api/keys/list-keys.ts', "export const list = operation({ operationId: 'listKeys' })"]],
  },
]

describe.each(rules)('$promise', ({ rule, breaks, keeps = [] }) => {
  test('here', () => {
    expect(rule(repository)).toEqual([])
  })

  test('and the rule sees what breaks it, and nothing else', () => {
    for (const [path, text] of breaks) expect(rule([{ path, text }]), text).toEqual([expect.stringContaining(path)])
    for (const [path, text] of keeps) expect(rule([{ path, text }]), text).toEqual([])
  })
})

test('the list of system files only shrinks', () => {
  const paths = repository.map(({ path }) => path)
  expect(paths).toEqual(expect.arrayContaining(Object.keys(systemFiles)))
  expect(Object.keys(systemFiles)).toHaveLength(systemFilesMax)
})
