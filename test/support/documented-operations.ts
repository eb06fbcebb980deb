import { readFileSync } from 'node:fs'

interface Document {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>
}

/** The operations of a generated document: method, path and documented successes. */
export function operationsIn(file: string) {
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as Document
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, responses }]) => {
      const successes = Object.keys(responses).filter((status) => status.startsWith('2'))
      return { operationId, method: method.toUpperCase(), path, successes: successes.map(Number) }
    }),
  )
}
