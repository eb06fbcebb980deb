import type { FastifyRequest } from 'fastify'
import { type ReaderLanguage, readerLanguage } from './reader-language.ts'

/** From where somebody signs in, or acts on an account, and in which language. */
export interface Whence {
  address: string
  userAgent: string | undefined
  language: ReaderLanguage
}

export function whenceOf(request: FastifyRequest): Whence {
  return { address: request.ip, userAgent: request.headers['user-agent'], language: readerLanguage(request) }
}
