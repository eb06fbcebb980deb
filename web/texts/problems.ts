/** What goes wrong without the server having words for it, and what may at the first page: all others are in problem-words.ts. */
export const problemTexts = {
  pageFailed: {
    title: 'This page has failed',
    detail: 'Something in it went wrong. Load it again; if that does not help, tell whoever runs this portal.',
  },
  notSignedIn: { title: 'You are not signed in', detail: 'Sign in, then go on.' },
  unreachable: { title: 'The server cannot be reached', detail: 'Check your connection, then try again.' },
  unexpected: {
    title: 'The server answered unexpectedly',
    detail: (status: number) => `It answered with status ${status}. Try again.`,
  },
}
