/** Answers each question that the process which forked this one asks, one after the other (processes.ts: Forked). */
export function answering<Question, Answer>(answer: (question: Question) => Promise<Answer> | Answer): void {
  process.on('message', (question: Question) => {
    Promise.resolve()
      .then(() => answer(question))
      .then(
        (value) => process.send?.({ value }),
        (error: Error) => process.send?.({ error: error.stack ?? error.message }),
      )
  })
}
