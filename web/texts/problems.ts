/** What goes wrong without the server having words for it. */
export const problemTexts = {
  pageFailed: {
    title: 'This page has failed',
    detail: 'Something in it went wrong. Load it again; if that does not help, tell whoever runs this portal.',
  },
  unreachable: { title: 'The server cannot be reached', detail: 'Check your connection, then try again.' },
  unexpected: {
    title: 'The server answered unexpectedly',
    detail: (status: number) => `It answered with status ${status}. Try again.`,
  },
}
