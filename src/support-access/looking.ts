// What the doors ask: whether a session looks at what a person sees, and that each page of it is written down.
import { dateAt } from '../kernel/date.ts'
import type { Installation } from '../people/door.ts'
import type { Looks } from '../people/looking.ts'
import { actorIn } from '../people/people.ts'
import { writing } from '../platform/database.ts'
import { idOfNumber, isOpen as isReportOpen } from '../problems/problem-report.ts'
import { reportById } from '../problems/store.ts'
import { endsAt, isOpen } from './grant.ts'
import { leaveLook, lookOf } from './store.ts'

const nobody = { operators: new Set<string>(), support: new Set<string>() }

const longestPath = 500

export function looksIn({ db, viewer }: Pick<Installation, 'db' | 'viewer'>): Looks {
  return {
    lookingIn: async (session, now) => {
      const look = session.lookId === null ? undefined : await lookOf(db, session.lookId)
      if (!look || look.endedAt || look.sessionId !== session.id || look.staffId !== session.personId || !isOpen(look.grant, now)) return undefined
      const report = await reportById(db, idOfNumber(look.report)!)
      if (!report || !isReportOpen(report.state)) return undefined
      const { personId, caseNumber } = look.grant
      // Read as it will be looked at: without personal codes, and without what the person may do for the installation.
      const place = { today: dateAt(now), staff: nobody }
      const actor = (await actorIn(viewer, personId, look.profileId, place)) ?? (await actorIn(viewer, personId, personId, place))
      return actor && { id: look.id, actor, report: look.report, until: endsAt(look.grant), caseNumber }
    },
    keep: (looking, { at, path, title }) =>
      writing(db, (tx) => tx.insertInto('support_page').values({ look_id: looking.id, at, profile_id: looking.actor.profile.id, path: path.slice(0, longestPath), title }).execute()),
    leave: (session, now) =>
      writing(db, async (tx) => {
        const look = session.lookId === null ? undefined : await lookOf(tx, session.lookId)
        const end = look ? endsAt(look.grant) : now
        await leaveLook(tx, { sessionId: session.id, at: end < now ? end : now })
      }),
  }
}
