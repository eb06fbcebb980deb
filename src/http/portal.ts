import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import readCookies from '@fastify/cookie'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isOfApi } from './answers.ts'

const portalFiles = join(import.meta.dirname, '../../web/dist')
const firstPage = 'index.html'
/** For whoever takes none of the others. */
const commonLanguage = 'en'
/** The portal writes it where somebody chooses a language (web/languages.ts). */
const languageCookie = 'assent.language'

/** The portal's files, and its first page for every address of the portal, in the reader's language. */
export function portal(server: FastifyInstance): void {
  if (!existsSync(join(portalFiles, commonLanguage, firstPage))) return
  const languages = readdirSync(portalFiles).filter((name) => existsSync(join(portalFiles, name, firstPage)))
  server.register(async (scope) => {
    await scope.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'self'"],
          'script-src': ["'self'"],
          'style-src': ["'self'", "'unsafe-inline'"],
          'img-src': ["'self'", 'data:'],
          'font-src': ["'self'", 'data:'],
          'connect-src': ["'self'"],
          'object-src': ["'none'"],
          'base-uri': ["'none'"],
          'form-action': ["'self'"],
          'frame-ancestors': ["'none'"],
        },
      },
      strictTransportSecurity: false,
      crossOriginEmbedderPolicy: false,
    })
    await scope.register(readCookies)
    await scope.register(files, {
      root: portalFiles,
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      // Only what lies under assets/ carries its digest in its name.
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    scope.get('/*', async (request, reply) => {
      const path = request.url.split('?', 1)[0] as string
      if (isOfApi(path) || path.includes('.')) return reply.callNotFound()
      const language = languagesWanted(request).find((wanted) => languages.includes(wanted)) ?? commonLanguage
      return reply.header('vary', 'accept-language, cookie').sendFile(`${language}/${firstPage}`)
    })
  })
}

/** The languages that a reader has chosen, or else takes, the dearest first, without their regions (RFC 9110, section 12.5.4). */
function languagesWanted({ headers, cookies }: FastifyRequest): string[] {
  const chosen = cookies[languageCookie]
  const taken = (headers['accept-language'] ?? '')
    .split(',')
    .map((range) => {
      const [language = '', weight = '1'] = range.trim().split(/\s*;\s*q=/i)
      return { language: language.split('-', 1)[0]?.toLowerCase() ?? '', weight: Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ language }) => language)
  return chosen ? [chosen, ...taken] : taken
}
