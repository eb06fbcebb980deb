import type { FastifyRequest } from 'fastify'
import type { Language } from '../domain/language.ts'
import { readerLanguage } from './reader-language.ts'

/** From where somebody signs in, or acts on an account, and in which language. */
export interface Whence {
  address: string
  userAgent: string | undefined
  /** In which one whoever asks probably reads; null: nothing tells it. */
  language: Language | null
}

export function whenceOf(request: FastifyRequest): Whence {
  return { address: request.ip, userAgent: request.headers['user-agent'], language: readerLanguage(request) }
}
