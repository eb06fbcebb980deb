import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The files that take longest, longest first: begun last, one of them would go on alone while the other workers have nothing to do. */
const longest = [
  'test/histories.test.ts',
  'test/conformance/feed.test.ts',
  'test/backup.test.ts',
  'test/gateway.test.ts',
  'test/access-matrix.test.ts',
  'test/running.test.ts',
  'test/start.test.ts',
  'test/embedded.test.ts',
  'test/upgrade.test.ts',
  'test/openapi/java.test.ts',
  'test/settings.test.ts',
  'test/conformance/http.test.ts',
]

/** The order of a run's files. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((file) => moduleId.endsWith(`/${file}`))
      return found === -1 ? longest.length : found
    }
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}
