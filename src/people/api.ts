// The endpoint that tells a program whom it acts as.
import { z } from 'zod'
import { endpoint, type Endpoint } from './endpoint.ts'

const profileShape = z
  .object({
    person: z.string().meta({ description: 'The name of the person whose token this is.' }),
    profile: z.object({
      kind: z.enum(['person', 'organisation']),
      name: z.string(),
      registrationNumber: z.string().nullable().meta({ description: 'Of an organisation; null for a person.' }),
    }),
    represents: z.enum(['self', 'sole', 'joint']).meta({ description: 'In the own name, by sole signature, or together with others.' }),
  })
  .meta({ id: 'Profile' })

export const profileEndpoints: readonly Endpoint[] = [
  endpoint({
    name: 'showProfile',
    method: 'GET',
    path: '/profile',
    group: 'Profile',
    summary: 'Who am I',
    description: 'The person whose token this is, and the profile that it acts in. Cases, rights and notices are those of the profile.',
    status: 200,
    returns: profileShape,
    answer: async ({ ctx }) => ctx.actor,
    show: ({ person, profile: { kind, name, code }, represents }) => ({
      person: person.name,
      profile: { kind, name, registrationNumber: kind === 'organisation' ? code : null },
      represents,
    }),
  }),
]
