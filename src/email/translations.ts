import { commonLanguage, isLanguage, type Language } from '../domain/language.ts'
import { germanFrame } from './de/frame.ts'
import { german } from './de/messages.ts'
import { germanReceipt } from './de/printed-receipt.ts'
import { englishFrame, type Frame } from './frame.ts'
import type { Composed, Portal } from './message.ts'
import { messages, type Translation } from './messages.ts'
import { englishReceipt, type PrintedReceipt } from './printed-receipt.ts'

interface Words {
  frame: Frame
  receipt: PrintedReceipt
  /** Absent: English, whose words stand with the messages. */
  messages?: Translation
}

const english: Words = { frame: englishFrame, receipt: englishReceipt }

/** Each other language: what a message lacks in one of them is a type error. */
const translations: Record<Exclude<Language, 'en'>, Required<Words>> = {
  de: { frame: germanFrame, receipt: germanReceipt, messages: german },
}

/** `code`: a language's, of one that this version may not have: then it is English. */
function wordsIn(code: string): Words {
  const language = isLanguage(code) ? code : commonLanguage
  return language === 'en' ? english : translations[language]
}

/** What stands around the words of every mail. */
export function frameIn(code: string): Frame {
  return wordsIn(code).frame
}

/** What stands around the words of a receipt of consent that is printed. */
export function printedReceiptIn(code: string): PrintedReceipt {
  return wordsIn(code).receipt
}

/** Composes a message of facts as they were kept, in a language; null where this version does not know the message. */
export function composed(name: string, facts: unknown, portal: Portal, code: string): Composed | null {
  return messages.get(name)?.composeKept(facts, portal, wordsIn(code).messages?.[name as keyof Translation]) ?? null
}
