import { z } from 'zod'
import { actHead } from './act.ts'
import { instant } from './text.ts'

/** Who acts; a finder is whoever reports a key that was found. */
export const actorKinds = ['person', 'token', 'gateway', 'system', 'command line', 'finder'] as const

export const activity = z
  .object({
    seq: z.int().describe('The number of the act in the record.'),
    at: instant,
    verb: z.string().describe('What was done: "key.created".'),
    actor: z
      .object({
        kind: z.string().describe('person, token, gateway, system, command line or finder.'),
        id: z.string().optional(),
        name: z.string().optional().describe("Of the company's own people, tokens and gateways that are still there."),
        companyName: z.string().optional().describe('For whom he acted.'),
      })
      .describe('Who did it.'),
    subject: z
      .object({ kind: z.string(), id: z.string().optional(), name: z.string().optional() })
      .describe('What was acted on.'),
    details: z.record(z.string(), z.unknown()).describe('What was set, or changed.'),
    from: z.string().optional().describe('From which address; told of what the company did itself.'),
  })
  .meta({ id: 'Activity', description: 'An act of the record, in plain terms.' })
export type Activity = z.infer<typeof activity>

export const actVerification = z
  .object({
    acts: z.int().describe('How many were read.'),
    whole: z
      .boolean()
      .describe('Whether all acts were there to be seen; otherwise that one is missing can be told by the vendor alone.'),
    faults: z.array(z.object({ seq: z.int(), what: z.string() })).describe('What is wrong, and at which act; the first of them.'),
    faultCount: z.int(),
    heads: z.int().describe('How many heads, signed each hour, it was held against.'),
    strangeHeads: z.int().describe('How many of them are signed with another key than this server has.'),
    head: actHead,
    lastSigned: actHead.omit({ publicKey: true }).optional().describe('The newest of the heads that were signed each hour.'),
  })
  .meta({ id: 'ActVerification', description: 'What recomputing the record of acts found. No faults: nothing was changed.' })
export type ActVerification = z.infer<typeof actVerification>
