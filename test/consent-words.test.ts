import { expect, test } from 'vitest'
import { presentConsentText } from '../src/domain/consent-text.ts'
import { consentTexts } from '../web/texts/consent.ts'

test('the words that the portal shows beside the box are those that a receipt repeats', () => {
  expect(consentTexts).toEqual(presentConsentText)
})
