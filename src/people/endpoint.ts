// An endpoint of the JSON API as data: what it takes, what it answers, and the action behind it.
import type { z } from 'zod'
import type { RefusalKind } from '../kernel/refusal.ts'
import type { PersonContext } from './context.ts'

export const groups = ['Cases', 'Inspection types', 'Inspections', 'Meters', 'Notices', 'Reports', 'Messages', 'Profile', 'API'] as const
export type Group = (typeof groups)[number]

type Fields = z.ZodObject

export type ApiRequest<P extends Fields = Fields, Q extends Fields = Fields, B extends Fields = Fields> = {
  ctx: PersonContext
  params: z.output<P>
  query: z.output<Q>
  body: z.output<B>
}

type Described<P extends Fields, Q extends Fields, B extends Fields, R extends z.ZodType, V> = {
  /** What generated clients call it. */
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** After `/api/v1`, with parameters in braces. */
  path: string
  group: Group
  summary: string
  description?: string
  params?: P
  query?: Q
  body?: B
  /** 200 with `returns`, 201 where something new has a place of its own, 204 with nothing. */
  status: 200 | 201 | 204
  returns?: R
  /** How its action may refuse, beyond what its parameters and schemas do. */
  refuses?: readonly RefusalKind[]
  /** Calls the action. What a POST answers is kept with its `Idempotency-Key` and shown again. */
  answer: (request: ApiRequest<P, Q, B>) => Promise<V>
  /** What is shown of the action's value. */
  show: (value: V, request: ApiRequest<P, Q, B>) => z.input<R>
  /** Of a 201, the path of what is new. */
  location?: (value: V, request: ApiRequest<P, Q, B>) => string
}

// An endpoint among others: its own types were held together by `endpoint`.
export type Endpoint = Described<any, any, any, any, any>

/** Holds an endpoint's functions to its schemas. */
export const endpoint = <V, P extends Fields = Fields, Q extends Fields = Fields, B extends Fields = Fields, R extends z.ZodType = z.ZodType>(
  described: Described<P, Q, B, R, V>,
): Endpoint => described
