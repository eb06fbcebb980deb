import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { docsPageHtml } from './docs-page.ts'

/** Each page by its address, with its file below the repository's root: in the order in which they are listed. */
export const docsPages = [
  {
    group: 'Guides',
    pages: [
      { path: '/docs/guides/partner', file: 'docs/guides/partner.md', name: 'For partners' },
      { path: '/docs/guides/measurements', file: 'docs/guides/measurements.md', name: 'Measurements' },
      { path: '/docs/guides/webhooks', file: 'docs/guides/webhooks.md', name: 'Webhooks' },
      { path: '/docs/guides/customer', file: 'docs/guides/customer.md', name: 'For customers' },
      { path: '/docs/guides/gateway', file: 'docs/guides/gateway.md', name: 'Gateways' },
      { path: '/docs/guides/vendor', file: 'docs/guides/vendor.md', name: 'For vendors' },
      { path: '/docs/operations', file: 'docs/operations.md', name: 'Running Assent' },
      { path: '/docs/guides/members', file: 'docs/guides/members.md', name: 'Co-workers' },
      { path: '/docs/guides/accounts', file: 'docs/guides/accounts.md', name: 'Your account' },
    ],
  },
  {
    group: 'Reference',
    pages: [
      { path: '/docs/contract', file: 'docs/contract.md', name: 'Device-data API' },
      { path: '/docs/errors', file: 'docs/errors.md', name: 'Errors' },
      { path: '/docs/roles', file: 'docs/roles.md', name: 'Roles' },
      { path: '/docs/changelog', file: 'CHANGELOG.md', name: 'Changelog' },
    ],
  },
] as const

type DocsFile = (typeof docsPages)[number]['pages'][number]

const root = join(import.meta.dirname, '../..')
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The docs at /docs: what stands in docs/, as pages. `/docs/errors` is what the `type` of every problem names. */
export function docs(server: FastifyInstance, { config }: Context): void {
  const pages = docsPages.flatMap((group): readonly DocsFile[] => group.pages)
  const byFile = new Map<string, string>(pages.map(({ path, file }) => [file, path]))

  server.register(async (scope) => {
    scope.addHook('onRequest', async (_, reply) => {
      reply.header('content-security-policy', contentSecurityPolicy)
    })
    await scope.register(files, {
      root: join(root, 'docs/images'),
      prefix: '/docs/images/',
      decorateReply: false,
      maxAge: 3_600_000,
    })
    scope.get('/docs/style.css', async (_, reply) =>
      reply
        .type('text/css; charset=utf-8')
        .header('cache-control', 'max-age=3600')
        .send(await readFile(join(root, 'docs/style.css'))),
    )
    for (const page of [{ path: '/docs', file: 'docs/index.md', name: 'Docs' }, ...pages]) {
      // Made when first asked for, since the library for it is loaded then.
      let html: Promise<string> | undefined
      scope.get(page.path, async (_, reply) => {
        html ??= readFile(join(root, page.file), 'utf8').then((markdown) =>
          docsPageHtml(markdown, {
            portalName: config.portalName,
            page,
            groups: docsPages,
            addressOf: addressesFrom(page.file, byFile),
          }),
        )
        return reply.type('text/html; charset=utf-8').send(await html)
      })
    }
    scope.get('/docs/', async (_, reply) => reply.redirect('/docs', 301))
  })
}

/**
 * Turns the address of a link in a file of docs/ (`gateway.md#try`) into that of the page; null where the file is no page of the docs.
 * Addresses of their own (`https:`, `/rest/`, `#here`) stay.
 */
function addressesFrom(file: string, byFile: ReadonlyMap<string, string>): (link: string) => string | null {
  return (link) => {
    if (/^([a-z]+:|\/|#)/.test(link)) return link
    const [path = '', anchor] = link.split('#', 2)
    const target = posix.join(posix.dirname(file), path)
    if (target.startsWith('docs/images/')) return `/${target}`
    const address = byFile.get(target)
    return address === undefined ? null : address + (anchor === undefined ? '' : `#${anchor}`)
  }
}
