import { existsSync } from 'node:fs'
import { join } from 'node:path'
import readCookies from '@fastify/cookie'
import helmet from '@fastify/helmet'
import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { readerLanguage } from '../auth/reader-language.ts'
import { commonLanguage, languages } from '../domain/language.ts'
import { isOfApi } from './answers.ts'

const portalFiles = join(import.meta.dirname, '../../web/dist')
const firstPage = 'index.html'

/** The portal's files, and its first page for every address of the portal, in the reader's language. */
export function portal(server: FastifyInstance): void {
  if (!existsSync(join(portalFiles, commonLanguage, firstPage))) return
  const built = languages.filter((language) => existsSync(join(portalFiles, language, firstPage)))
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
      const language = readerLanguage(request, built) ?? commonLanguage
      return reply.header('vary', 'accept-language, cookie').sendFile(`${language}/${firstPage}`)
    })
  })
}
