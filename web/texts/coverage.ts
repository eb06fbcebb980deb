import type { Customer, Reason } from '../client.ts'
import type { Mood } from '../ui/state.tsx'

/** A customer's state in a word. */
export const customerStateTexts: Record<Customer['state'], { word: string; mood: Mood }> = {
  valid: { word: 'Valid', mood: 'good' },
  suspended: { word: 'Suspended', mood: 'bad' },
  'no consent': { word: 'No consent', mood: 'warn' },
  'consent expired': { word: 'Consent expired', mood: 'warn' },
  'no active subscription': { word: 'No active subscription', mood: 'idle' },
}

/** Why a customer is not read, and what would change it. */
export const reasonTexts: Record<Reason, { word: string; sentence: string }> = {
  suspended: { word: 'Suspended', sentence: 'The company is suspended. Access comes back when that is lifted.' },
  'no consent': {
    word: 'No consent',
    sentence:
      'Its administrator has not allowed API access, or has withdrawn it. Allowing it is under Administration > Subscriptions, in their account.',
  },
  'consent expired': {
    word: 'Consent expired',
    sentence:
      'It was given until a date, which has come. Giving it again is under Administration > Subscriptions, in their account.',
  },
  'no active subscription': {
    word: 'No active subscription',
    sentence:
      'Its subscription or trial has run out. Consent outlives that: once the customer has renewed it with the vendor, you read on without asking.',
  },
  'not connected': {
    word: 'Not connected',
    sentence: 'It is no longer connected to your company. A new connection needs a new key.',
  },
  "not in the key's set": { word: 'Not in this key', sentence: 'The key was not made for this customer.' },
  'key reported': { word: 'Key reported', sentence: 'Somebody found the key and reported it. Generate a new key.' },
  'key disabled': { word: 'Key disabled', sentence: 'Enable the key to read this customer again.' },
  'key expired': { word: 'Key expired', sentence: 'Generate a new key.' },
}
