export const mailsTexts = {
  title: 'Mail',
  lead: 'Every mail of the last 30 days, to anybody. Links are shown to nobody but the recipient.',
  leadWithoutServer:
    'There is no mail server, so mails are kept here and sent to nobody. To send them, start the server with ASSENT_SMTP_URL.',
  table: 'Mails',
  columns: { subject: 'Subject', recipient: 'To', state: 'State', about: 'Company', created: 'Written' },
  states: { kept: 'Kept', waiting: 'Waiting', sent: 'Sent', failed: 'Failed' },
  nothing: '–',
  empty: {
    title: 'No mails yet',
    text: 'Invitations, and notices about keys, gateways and people, appear here as they are written.',
  },
  older: 'Show older mails',
}

export const mailTexts = {
  title: 'Mail',
  up: 'Mail',
  retry: 'Try again',
  retried: 'The mail is tried again.',
  facts: {
    to: 'To',
    about: 'Company',
    state: 'State',
    written: 'Written',
    sent: 'Sent',
    attempts: 'Attempts',
    next: 'Next attempt',
    error: 'Last error',
  },
  text: 'Text',
  withheld: 'Its link is left out here: it lets whoever has it in, and is for the recipient alone.',
  unknown: 'This version of the portal does not know this mail’s words.',
}
