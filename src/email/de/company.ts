import type { Role } from '../../domain/role.ts'
import type { Translation } from '../messages.ts'
import { momentInWords } from './locale.ts'
import { whoInWords } from './who.ts'
import { factsOf, notKnown } from './whose-what.ts'

/** What a role lets a member do. */
const roleInWords: Record<Role, string> = {
  administrator: 'Administrator: alles, auch Mitglieder und Schlüssel',
  operator: 'Operator: alles außer Verwaltung',
  editor: 'Bearbeiter: Namen, Notizen und Standorte',
  viewer: 'Betrachter: nur lesen und Alarme quittieren',
}

/** What somebody has done to join. */
const done = {
  invitation: 'hat die Einladung angenommen',
  'set-up link': 'hat mit einem Einrichtungslink des Anbieters ein Konto angelegt',
}

/** About a company and its members. */
export const companyMessages: Pick<
  Translation,
  | 'invitation'
  | 'invitation-approval'
  | 'member-joined'
  | 'role-changed'
  | 'member-removed'
  | 'two-factor-required'
  | 'single-sign-on-changed'
  | 'single-sign-on-removed'
  | 'single-sign-on-turned-off'
  | 'visit-begun'
  | 'company-closed'
> = {
  invitation: ({ company, inviter, email, until }, portal) => ({
    subject: `Einladung zu ${company} auf ${portal.name}`,
    before: [
      inviter === null
        ? `${company} lädt Sie ein, dem Unternehmen auf ${portal.name} beizutreten.`
        : `${inviter} lädt Sie ein, ${company} auf ${portal.name} beizutreten.`,
    ],
    button: `${company} beitreten`,
    facts: [
      ['Für', email],
      ['Gültig bis', momentInWords(until)],
    ],
    after: [
      'Der Link funktioniert einmal und nur für diese Adresse. Wenn Sie nicht wissen, wer ihn gesendet hat, ignorieren Sie diese E-Mail: Dann geschieht nichts.',
    ],
  }),
  'invitation-approval': ({ company, inviter, email, until }, portal) => ({
    subject: `Eine Einladung zu ${company} wartet auf Genehmigung`,
    before: [
      `${inviter ?? 'Ein Programm'} möchte ${email} einladen, ${company} auf ${portal.name} beizutreten.`,
      'An diese Adresse wird nichts gesendet, bevor ein Administrator es unter Verwaltung > Benutzer genehmigt.',
    ],
    facts: [['Wartet bis', momentInWords(until)]],
  }),
  'member-joined': ({ company, name, email, role, by }, portal) => ({
    subject: `${name} ist ${company} beigetreten`,
    before: [`${name} ${done[by]} und ist jetzt Mitglied von ${company} auf ${portal.name}.`],
    facts: [
      ['Adresse', email],
      ['Rolle', roleInWords[role]],
    ],
    after: ['Administratoren können unter Verwaltung > Benutzer die Rolle ändern oder das Mitglied entfernen.'],
  }),
  'role-changed': ({ company, by, role }, portal) => ({
    subject: `Ihre Rolle bei ${company} hat sich geändert`,
    before: [
      by === null
        ? `Ihre Rolle bei ${company} auf ${portal.name} wurde geändert.`
        : `${by} hat Ihre Rolle bei ${company} auf ${portal.name} geändert.`,
    ],
    facts: [['Rolle jetzt', roleInWords[role]]],
    after: [
      'Auch Ihre Zugriffstoken dürfen nicht mehr, als diese Rolle erlaubt. Wenn Sie das nicht erwartet haben, fragen Sie einen Administrator Ihres Unternehmens.',
    ],
  }),
  'member-removed': ({ company, by }, portal) => ({
    subject: `Sie gehören nicht mehr zu ${company}`,
    before: [
      by === null
        ? `Sie wurden auf ${portal.name} aus ${company} entfernt.`
        : `${by} hat Sie auf ${portal.name} aus ${company} entfernt.`,
      'Ihre Sitzungen und Ihre Zugriffstoken sind beendet. Ihr Konto bleibt: Mit ihm können Sie die Einladung eines anderen Unternehmens annehmen.',
    ],
    after: ['Wenn Sie das nicht erwartet haben, fragen Sie einen Administrator des Unternehmens.'],
  }),
  'two-factor-required': ({ company }, portal) => ({
    subject: `${company} verlangt die Zwei-Faktor-Anmeldung`,
    before: [
      `${company} verlangt auf ${portal.name} ab jetzt die Zwei-Faktor-Anmeldung. Ihr Konto hat noch keine: Wenn Sie sich mit Ihrem Passwort anmelden, sehen Sie nur Ihr Konto, bis Sie sie eingerichtet haben.`,
      'Eine Authenticator-App auf Ihrem Telefon oder ein Passkey genügt.',
    ],
    page: ['Jetzt einrichten', `${portal.url}/account`],
    after: ['Wenn Sie das nicht erwartet haben, fragen Sie einen Administrator Ihres Unternehmens.'],
  }),
  'single-sign-on-changed': (facts) => ({
    subject: `Single Sign-on von ${facts.company} wurde eingerichtet`,
    before: ['Ab jetzt bestimmt dieser Anmeldedienst, wer sich für Ihr Unternehmen per Single Sign-on anmeldet.'],
    facts: factsOf('Anmeldedienst', facts),
    after: [notKnown],
  }),
  'single-sign-on-turned-off': (facts) => ({
    subject: `Single Sign-on von ${facts.company} wurde ausgeschaltet`,
    before: [
      'Wer sich dort angemeldet hatte, wurde abgemeldet und meldet sich ab jetzt mit Passwort oder Passkey an. Wer kein Passwort hat, erhält eines über „Passwort vergessen?“ auf der Anmeldeseite.',
      'Die Einstellungen bleiben, und ein Administrator Ihres Unternehmens kann es wieder einschalten.',
    ],
    facts: factsOf('Anmeldedienst', facts),
    after: [notKnown],
  }),
  'single-sign-on-removed': (facts) => ({
    subject: `Single Sign-on von ${facts.company} wurde entfernt`,
    before: ['Wer sich dort angemeldet hatte, wurde abgemeldet und meldet sich ab jetzt mit Passwort oder Passkey an.'],
    facts: factsOf('Anmeldedienst', facts),
    after: [notKnown],
  }),
  'visit-begun': ({ company, by, reason, until }, portal) => ({
    subject: `Der Support von ${portal.name} sieht sich das Portal von ${company} an`,
    before: [
      `Jemand aus dem Unternehmen, das ${portal.name} betreibt, sieht sich Ihre Seiten an: Mitglieder, Schlüssel, Abonnements, Einwilligungen, Gateways, Webhooks, Zugriffsverlauf und Aktivität.`,
      'Dabei kann nichts geändert werden, und weder Geheimnisse noch Gerätedaten sind zu sehen. Wann es begonnen und geendet hat, steht unter Verwaltung > Aktivität.',
    ],
    facts: [
      ['Durch', whoInWords(by)],
      ['Grund', reason],
      ['Spätestens bis', momentInWords(until)],
    ],
    after: [
      'Ein Administrator Ihres Unternehmens kann es unter Verwaltung > Unternehmensdaten beenden und weitere Einsicht verbieten.',
    ],
  }),
  'company-closed': ({ company, by, at, days }) => ({
    subject: `${company} wurde geschlossen`,
    before: [
      'Die Schlüssel, Gateways, Verbindungen und Abonnements des Unternehmens sind beendet, und niemand kann sich mehr dafür anmelden.',
      `Seine Daten und die Konten seiner Mitglieder werden nach ${days} Tagen gelöscht. Bis dahin kann der Anbieter die Schließung rückgängig machen.`,
    ],
    facts: [
      ['Durch', whoInWords(by)],
      ['Wann', momentInWords(at)],
    ],
  }),
}
