// People and profiles.
import type { people as lv } from '../lv/people.ts'

export const people: Record<keyof typeof lv, string> = {
  'sign-in.title': 'Sign in',
  'sign-in.demo': 'Choose whose eyes to look through. The demo needs no password.',
}
