// Pages of people: one's profile, in which one acts, with its sessions and tokens.
import { refuse, type Problem } from '../kernel/refusal.ts'
import type { Html } from '../ui/html.ts'
import type { Party } from './actor.ts'
import { choicePage } from './choice-page.ts'
import { contactOf, profilesOf } from './people.ts'
import { idOf, type Page, type PageRequest } from './page.ts'
import { profilePage } from './profile-page.ts'
import { chooseProfile, endSession, openSessions } from './session.ts'
import { choicePath, safePath } from './sign-in.ts'
import { tokenFormPage, tokenIssuedPage, tokenTold } from './token-page.ts'
import { issueToken, revokeToken, tokensOf } from './token.ts'

/** The profile that a form names under a field. */
async function chosenProfile({ ctx, form }: PageRequest, field: string): Promise<Party> {
  const profiles = await profilesOf(ctx.db, ctx.actor.person.id, ctx.today)
  const chosen = profiles.find(({ party }) => String(party.id) === form?.['profile'])
  return chosen?.party ?? refuse.field(field, 'not-represented')
}

async function showProfile(request: PageRequest, problems: readonly Problem[]): Promise<Html> {
  const { db, actor, today, now } = request.ctx
  const { id } = actor.person
  return profilePage(request, problems, {
    profiles: await profilesOf(db, id, today),
    contact: await contactOf(db, actor.profile.id),
    sessions: await openSessions(db, id, now),
    tokens: await tokensOf(db, id),
  })
}

const profile: Page = { path: '/profile', show: showProfile }

const choose: Page = {
  path: choicePath,
  show: async (request, problems) => {
    const { db, actor, today } = request.ctx
    const to = safePath((request.form ?? request.query)['to'])
    return choicePage(request, problems, { profiles: await profilesOf(db, actor.person.id, today), to })
  },
  submit: async (request) => {
    const { id } = await chosenProfile(request, 'profiles')
    await chooseProfile(request.ctx.db, request.session.id, id)
    const to = request.form?.['to']
    return to ? { to: safePath(to) } : { to: '/cases', said: 'profile-chosen' }
  },
}

const endOfSession: Page = {
  path: '/profile/sessions/:id/end',
  submit: async ({ ctx, params }) => {
    if (!(await endSession(ctx.db, ctx.actor.person.id, idOf(params['id']), ctx.now))) return refuse.missing()
    return { to: '/profile', said: 'session-ended' }
  },
}

const newToken: Page = {
  path: '/profile/tokens',
  isPrivate: true,
  show: async (request, problems) => tokenFormPage(request, problems, await profilesOf(request.ctx.db, request.ctx.actor.person.id, request.ctx.today)),
  submit: async (request) => {
    const { ctx, form } = request
    const party = await chosenProfile(request, 'profile')
    const name = form?.['name'] ?? ''
    const secret = await issueToken(ctx, ctx.actor.person, party, name)
    return { to: issuedToken.path, once: tokenTold({ name, profile: party.name, secret }) }
  },
}

const issuedToken: Page = { path: '/profile/tokens/issued', isPrivate: true, show: async (request) => tokenIssuedPage(request) }

const endOfToken: Page = {
  path: '/profile/tokens/:id/revoke',
  submit: async ({ ctx, params }) => {
    await revokeToken(ctx, idOf(params['id']))
    return { to: '/profile', said: 'token-revoked' }
  },
}

export const peoplePages: readonly Page[] = [profile, choose, endOfSession, newToken, issuedToken, endOfToken]
