import { Counter, Gauge } from 'prom-client'
import type { Context } from '../context.ts'
import { mailsWaiting } from '../store/mails.ts'

export interface MailMetrics {
  sent(): void
  failed(then: 'again later' | 'given up'): void
}

/** The figures of mails: what this process sent and what failed, and how many wait in the database. */
export function mailMetrics({ metrics: { registry }, db }: Pick<Context, 'metrics' | 'db'>): MailMetrics {
  const sent = new Counter({ name: 'assent_mails_sent_total', help: 'Mails that the mail server took.', registers: [registry] })
  const failed = new Counter({
    name: 'assent_mails_failed_total',
    help: 'Attempts to send a mail that failed.',
    labelNames: ['then'],
    registers: [registry],
  })
  new Gauge({
    name: 'assent_mails_waiting',
    help: 'Mails that are not sent and not given up, of all processes.',
    registers: [registry],
    async collect() {
      // Without its database the server goes on, and so do the other figures: this one is not known then.
      this.set(await mailsWaiting(db.system).catch(() => Number.NaN))
    },
  })
  return { sent: () => sent.inc(), failed: (then) => failed.inc({ then }) }
}
