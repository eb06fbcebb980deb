import { z } from 'zod'

/** Who did something: a person, as people call it; one of another company that acts for this one; or a program, which has no name. */
export const who = z.union([
  z.string(),
  z.object({ person: z.string(), of: z.string() }),
  z.object({ program: z.enum(['access token', 'command line']) }),
])
export type Who = z.infer<typeof who>

const programs = {
  'access token': 'a program with an access token',
  'command line': 'the command line of this installation',
}

export function whoInWords(by: Who): string {
  if (typeof by === 'string') return by
  return 'program' in by ? programs[by.program] : `${by.person} of ${by.of}`
}
