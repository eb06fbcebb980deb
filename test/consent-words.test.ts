import { expect, test } from 'vitest'
import { presentConsentText } from '../src/domain/consent-text.ts'
import { composed } from '../src/email/translations.ts'
import { consentTexts } from '../web/texts/consent.ts'
import { consentTexts as inGerman } from '../web/texts/de/consent.ts'
import { mailFacts } from './support/mail-facts.ts'

test('the words that the portal shows beside the box are those that a receipt repeats', () => {
  expect(consentTexts).toEqual(presentConsentText)
})

test('their translation is of the same version', () => {
  expect(inGerman.version).toBe(presentConsentText.version)
})

test.each([
  ['en', consentTexts],
  ['de', inGerman],
])('the mail that asks for consent calls the box as the portal does, in %s', (language, { label }) => {
  const portal = { name: 'Exchange', url: 'https://exchange.example' }
  expect(composed('consent-requested', mailFacts['consent-requested'], portal, language)?.before.join(' ')).toContain(label)
})
