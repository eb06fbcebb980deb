/** What the pages about data, erasing and closing say. */
export const yourDataTexts = {
  title: 'Your own data',
  lead: 'Everything that is kept about you, as a file: your account, your sessions, your tokens, mails to you, and the record of what you did.',
  download: 'Download your data',
  erase: 'Erase your account',
  eraseTitle: 'Erase your account?',
  eraseText: (company: string) =>
    `You cannot sign in any more, and no longer belong to ${company}. Your access tokens stop at once; the keys and gateways of ${company} stay. ` +
    'Your name and address are deleted everywhere; that something was done is still known, but not that it was you.',
  eraseTextAlone:
    'You cannot sign in any more. Your name and address are deleted everywhere; that something was done is still known, but not that it was you.',
  eraseFinal: 'This cannot be undone. To take part again, you would have to be invited again.',
  address: 'Your email address',
  addressHint: (email: string) => `Type ${email} to go on.`,
  addressWrong: 'This is not the address that you sign in with.',
  eraseConfirm: 'Erase my account',
}

export const companyDataTexts = {
  title: 'Company data',
  lead: (company: string) => `What is kept for ${company}, to take away or to delete.`,
  export: {
    title: 'Take the data away',
    lead: {
      vendor: 'Company, members, access tokens, mails and acts, as lines of JSON. All companies together are in a backup.',
      partner:
        'Company, members, customers’ connections and consents, keys, access tokens, mails and acts, as lines of JSON. Data of your customers’ devices are not in it.',
      customer:
        'Company, members, subscriptions, partners and consents, keys, gateways, mails and acts, and all device data with their measurements, as lines of JSON.',
      demo: 'Company and acts, as lines of JSON.',
    },
    button: 'Download company data',
    hint: 'A large company’s file may take some minutes. It holds no secrets.',
  },
  close: {
    title: 'Close the company',
    lead: 'Ends everything that the company has here. After 30 days its data are deleted.',
    button: 'Close company',
    question: (name: string) => `Close ${name}?`,
    consequences: {
      partner: [
        'All keys are deleted, and programs that use them are refused at once.',
        'All connections to customers end, with their consents.',
        'Nobody signs in for the company any more; access tokens end.',
        'After 30 days the accounts of its people and all of its data are deleted. Until then, whoever runs this portal can take it back; what ended stays ended.',
      ],
      customer: [
        'Partners can no longer read your data: connections and consents end at once.',
        'All keys are deleted, and gateways are refused: nothing more is stored.',
        'The subscription ends now, also where it was paid for longer.',
        'Nobody signs in for the company any more; access tokens end.',
        'After 30 days all device data, the accounts of its people and everything else are deleted. Until then, whoever runs this portal can take it back; what ended stays ended.',
      ],
    },
    name: 'Name of the company',
    nameHint: (name: string) => `Type ${name} to go on.`,
    nameWrong: 'This is not the name of the company.',
    confirm: 'Close this company',
    closed: (name: string) => `${name} is closed.`,
    closedSince: 'Closed since',
    reopen: 'Take back',
    reopened: (name: string) => `${name} is taken back. Its people can sign in again.`,
  },
}
