import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { type Project, projects } from './projects.ts'

/** The files that take longest, longest first: begun last, one of them would go on alone while the other workers have nothing to do. */
const longest = [
  'test/access-matrix.test.ts',
  'test/access-by-role.test.ts',
  'test/backup.test.ts',
  'src/api/alarm-mails/alarm-mails.test.ts',
  'test/gateway-measurements.test.ts',
  'test/histories.test.ts',
  'test/streams/programs.postgres.test.ts',
  'test/canary.test.ts',
  'test/gateway.test.ts',
  'test/viewing-a-company.test.ts',
  'test/conformance/streams.test.ts',
  'test/conformance/feed.test.ts',
  'test/running.test.ts',
  'test/embedded.test.ts',
  'src/auth/sign-in-limits.test.ts',
  'test/start.test.ts',
  'test/accesses-killed.test.ts',
  'test/settings.test.ts',
  'test/upgrade.test.ts',
  'test/openapi/java.test.ts',
  'test/conformance/http.test.ts',
  'test/faults/webhooks.test.ts',
  'test/faults/measurements-reader.test.ts',
  'test/faults/kill-gateway.test.ts',
  'test/faults/kill.test.ts',
  'test/e2e/looks.test.ts',
  'test/e2e/account.test.ts',
  'test/e2e/partners.test.ts',
  'test/e2e/devices.test.ts',
  'test/e2e/invite.test.ts',
  'test/e2e/access-history.test.ts',
]

/** The order of a run's files: a project after the other, since a worker that goes on to another one begins anew. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((file) => moduleId.endsWith(`/${file}`))
      return found === -1 ? longest.length : found
    }
    const turn = ({ project }: TestSpecification) => projects.indexOf(project.name as Project)
    return (await super.sort(files)).sort((one, other) => turn(one) - turn(other) || place(one) - place(other))
  }
}
