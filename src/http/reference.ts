import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { acceptsGzip } from './json.ts'

const compress = promisify(gzip)

/** The page asks nothing of any other server, and the browser holds it to that. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ')

interface Page {
  html: string
  script: Buffer
  scriptZipped: Buffer
}

/**
 * A page that shows an OpenAPI document and tries its operations, under `prefix` (which ends with a slash). The library behind it
 * is a large one, so it is loaded when somebody first opens the page.
 */
export function referencePage(server: FastifyInstance, prefix: string, documentUrl: string, title: string): void {
  let page: Promise<Page> | undefined
  const loaded = () => {
    page ??= load(documentUrl, title)
    return page
  }

  server.get(prefix, async (_, reply) =>
    reply
      .header('content-security-policy', contentSecurityPolicy)
      .type('text/html; charset=utf-8')
      .send((await loaded()).html),
  )
  server.get(prefix.slice(0, -1), async (_, reply) => reply.redirect(prefix, 301))
  server.get(`${prefix}js/scalar.js`, async (request, reply) => {
    const { script, scriptZipped } = await loaded()
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'max-age=3600').header('vary', 'Accept-Encoding')
    if (!acceptsGzip(request.headers['accept-encoding'])) return reply.send(script)
    return reply.header('content-encoding', 'gzip').send(scriptZipped)
  })
}

/** Lets the library write its page and script into a server of its own, and keeps both. */
async function load(documentUrl: string, title: string): Promise<Page> {
  const { default: reference } = await import('@scalar/fastify-api-reference')
  const inner = fastify()
  await inner.register(reference, {
    routePrefix: '/page',
    configuration: {
      url: documentUrl,
      pageTitle: title,
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
      defaultOpenAllTags: true,
    },
  })
  const html = (await inner.inject('/page/')).body
  const script = (await inner.inject('/page/js/scalar.js')).rawPayload
  await inner.close()
  return { html, script, scriptZipped: await compress(script) }
}
