import { expect, test } from 'vitest'
import { presentConsentText } from '../src/domain/consent-text.ts'
import { consentTexts } from '../web/texts/consent.ts'
import { consentTexts as inGerman } from '../web/texts/de/consent.ts'

test('the words that the portal shows beside the box are those that a receipt repeats', () => {
  expect(consentTexts).toEqual(presentConsentText)
})

test('their translation is of the same version', () => {
  expect(inGerman.version).toBe(presentConsentText.version)
})
