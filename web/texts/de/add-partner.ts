import type * as english from '../add-partner.ts'
import type { Translated } from '../translated.ts'

export const addPartnerTexts: Translated<typeof english.addPartnerTexts> = {
  title: 'Partner hinzufügen',
  partnerId: 'Partner-ID',
  hint: 'Der Partner nennt sie Ihnen: Buchstaben, Ziffern und Unterstriche, etwa ACME_INC.',
  missing: 'Geben Sie die Partner-ID ein.',
  find: 'Suchen',
  found: 'Meinen Sie diesen Partner?',
  facts: { name: 'Name', id: 'Partner-ID', email: 'E-Mail-Adresse', phone: 'Telefon', address: 'Adresse' },
  does: (partner) =>
    `Einmal hinzugefügt, sieht ${partner} den Namen Ihres Unternehmens und ob Sie den Zugriff erlauben. Gerätedaten liest der Partner erst, wenn Sie das Kästchen ankreuzen, das es erlaubt.`,
  back: 'Zurück',
  submit: 'Partner hinzufügen',
  added: (partner) => `${partner} ist hinzugefügt. Gerätedaten liest der Partner erst, wenn Sie es erlauben.`,
}
