import { z } from 'zod'
import { instant } from './text.ts'

export const keyUsage = z
  .object({
    from: instant.describe('Where the hour or day begins.'),
    requests: z.int(),
    errors: z.int().describe('How many of them ended in an error, refused ones too.'),
    objects: z.int().describe('Devices, locations, alarms, sensors and the like that were sent.'),
    bytes: z.int().describe('Of bodies, as they were sent.'),
    lines: z.int().describe('Of measurements that were sent.'),
  })
  .meta({ id: 'KeyUsage', description: 'Requests with keys of one hour or day. One without any is left out.' })
export type KeyUsage = z.infer<typeof keyUsage>
