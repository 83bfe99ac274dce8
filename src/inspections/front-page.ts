// The front page of a case by its number: of one building's operation case, or of a house case.
import type { DueInHouse } from '../cases/coming.ts'
import { caseKind } from '../cases/store.ts'
import type { PageRequest } from '../people/page.ts'
import type { Html } from '../ui/html.ts'
import { houseOverview } from './house-overview.ts'
import { overviewPage } from './overview.ts'

export const frontPage = (dueInHouse: DueInHouse) => async (request: PageRequest): Promise<Html> =>
  (await caseKind(request.ctx.db, request.params['number']!)) === 'house' ? houseOverview(request, dueInHouse) : overviewPage(request)
