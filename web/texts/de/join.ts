import type * as english from '../join.ts'
import type { Translated } from '../translated.ts'

export const joinTexts: Translated<typeof english.joinTexts> = {
  title: (company) => `${company} beitreten`,
  plainTitle: 'Ihrem Unternehmen beitreten',
  lead: (company, by) =>
    by === undefined ? `Sie sind eingeladen, ${company} beizutreten.` : `${by} lädt Sie ein, ${company} beizutreten.`,
  emailGiven: 'Die Einladung gilt nur für diese Adresse.',
  submit: 'Konto anlegen und beitreten',
  byProvider: 'Mit Single Sign-on beitreten',
  haveAccount: 'Haben Sie ein Konto mit dieser Adresse?',
  signIn: 'Anmelden, um beizutreten',
  noToken: {
    title: 'Dieser Link ist nicht vollständig',
    text: 'Öffnen Sie den ganzen Link aus der E-Mail, mit allem, was nach dem Zeichen # steht.',
  },
  toSignIn: 'Zur Anmeldung',
  signedInAs: (name, email) => `Sie sind angemeldet als ${name}, ${email}.`,
  join: (company) => `${company} beitreten`,
  otherAddress: {
    title: 'Sie sind als jemand anderes angemeldet',
    text: (invited, own) =>
      `Die Einladung gilt für ${invited}, und Sie sind als ${own} angemeldet. Melden Sie sich ab, und fahren Sie hier als die eingeladene Person fort.`,
  },
  elsewhere: {
    title: (company) => `Sie gehören zu ${company}`,
    text: 'Eine Person gehört zu einem Unternehmen. Um einem anderen beizutreten, lassen Sie sich zuerst aus Ihrem entfernen, oder bitten Sie um eine Einladung an eine andere Adresse.',
  },
  toPortal: 'Zum Portal',
}

export const noCompanyTexts: Translated<typeof english.noCompanyTexts> = {
  title: 'Sie gehören zu keinem Unternehmen',
  lead: 'Ihr Konto ist in Ordnung, aber ohne Unternehmen gibt es nichts zu sehen.',
  what: 'Bitten Sie einen Administrator Ihres Unternehmens, Sie unter dieser Adresse einzuladen:',
  next: 'Die Einladung kommt per E-Mail. Öffnen Sie ihren Link, während Sie hier angemeldet sind, und Sie treten bei.',
  kept: 'Sie haben eine Einladung geöffnet.',
  goOn: 'Mit der Einladung fortfahren',
  account: 'Ihr Konto',
}
