import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The parts of a run of the tests, in their order. */
export const projects = ['conformance', 'embedded', 'postgres', 'unit', 'faults', 'e2e', 'measured'] as const

export type Project = (typeof projects)[number]

/**
 * Those that share their workers: while one waits for a clock, or comes to its last file, the next goes on. Where a time decides, other tests' load
 * would be part of what is found: those have the machine to themselves, one after the other.
 */
export const projectsTogether: readonly (readonly Project[])[] = [
  ['conformance', 'embedded', 'postgres', 'unit'],
  ['faults', 'e2e'],
  ['measured'],
]

const server = 'test/support/server.ts'
const imported = /^(?:import .*|\} )from '(\.[^']+)'/gm

/**
 * The test files of each project. The conformance tests and the last three have a folder each. The others are sorted by what they import:
 * whatever comes to the test server runs on both engines, so that nobody has to remember; the rest is `unit`. A file that is about
 * one engine says so in its name: `embedded.test.ts`, `backup.postgres.test.ts`.
 */
export function testFiles(): Record<Project, string[]> {
  const all = globSync('{src,client,gateway,web,demo,test}/**/*.test.{ts,tsx}', { exclude: ['**/node_modules/**'] }).sort()
  const measured = all.filter((file) => dirname(file).endsWith('/measured'))
  const inFolder = (name: string) => all.filter((file) => file.startsWith(`test/${name}/`) && !measured.includes(file))
  const own = {
    conformance: inFolder('conformance'),
    e2e: inFolder('e2e'),
    faults: inFolder('faults'),
    measured,
  }

  const others = all.filter((file) => !Object.values(own).flat().includes(file))
  const onServer = others.filter(comesToServer)
  const about = (engine: string) => (file: string) => new RegExp(`(^|[/.])${engine}\\.test\\.tsx?$`).test(file)
  return {
    unit: others.filter((file) => !onServer.includes(file) && !about('postgres')(file)),
    embedded: onServer.filter((file) => !about('postgres')(file)),
    postgres: others.filter((file) => about('postgres')(file) || (onServer.includes(file) && !about('embedded')(file))),
    ...own,
  }
}

function comesToServer(file: string): boolean {
  const reached = new Set([file])
  // A set hands out what is added to it while it is gone through.
  for (const one of reached) for (const next of importsOf(one)) reached.add(next)
  return reached.has(server)
}

const imports = new Map<string, string[]>()

function importsOf(file: string): string[] {
  let paths = imports.get(file)
  if (!paths) {
    const named = [...readFileSync(file, 'utf8').matchAll(imported)].map(([, path = '']) => join(dirname(file), path))
    paths = named.filter((path) => existsSync(path))
    imports.set(file, paths)
  }
  return paths
}
