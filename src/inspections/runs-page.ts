// The page of the sweep's runs, for the operator: as of which day, what was found, told, and how long it took.
import { refuse } from '../kernel/refusal.ts'
import type { Teller } from '../notifications/teller.ts'
import type { Page, PageRequest, SeeOther } from '../people/page.ts'
import { button } from '../ui/form.ts'
import { html, type Html } from '../ui/html.ts'
import { layout } from '../ui/layout.ts'
import { table } from '../ui/table.ts'
import { teller } from '../ui/view.ts'
import { sweep } from './sweep.ts'
import { sweepRuns, type SweepRun } from './sweep-runs.ts'

const seconds = ({ startedAt, finishedAt }: SweepRun) => (finishedAt ? (finishedAt.getTime() - startedAt.getTime()) / 1000 : null)

async function runsPage({ ctx, view }: PageRequest): Promise<Html> {
  if (!ctx.actor.operator) return refuse.missing()
  const { t, short, moment, number } = teller(view)
  const runs = await sweepRuns(ctx.db, 60)
  const list = table(t('runs.title'), [
    { head: t('runs.started'), label: '', cell: (run) => html`<strong>${moment(run.startedAt)}</strong>` },
    { head: t('runs.as-of'), label: t('runs.as-of'), cell: (run) => short(run.asOf) },
    { head: t('runs.found'), label: t('runs.found'), cell: (run) => number(run.found) },
    { head: t('runs.told'), label: t('runs.told'), cell: (run) => number(run.told) },
    { head: t('runs.unaddressed'), label: t('runs.unaddressed'), cell: (run) => number(run.unaddressed) },
    { head: t('runs.time'), label: t('runs.time'), cell: (run) => (seconds(run) === null ? t('runs.unfinished') : t('runs.seconds', { seconds: number(seconds(run)!) })) },
  ], runs)
  const empty = html`<div class="empty"><p>${t('runs.none')}</p></div>`
  const body = html`<h1>${t('runs.title')}</h1><p class="meta">${t('runs.intro')}</p>${runs.length === 0 ? empty : list}
    <form method="post" class="acts">${button(t('runs.now'), { secondary: true })}</form>`
  return layout(view, { title: t('runs.title'), body })
}

/** On demand, for today: whatever was told this morning is not told again. */
const runNow = (tellers: readonly Teller[]) => async ({ ctx }: PageRequest): Promise<SeeOther> => {
  if (!ctx.actor.operator) return refuse.missing()
  await sweep(ctx, { tellers })
  return { to: '/runs', said: 'swept' }
}

export const runsPages = (tellers: readonly Teller[]): readonly Page[] => [{ path: '/runs', show: runsPage, submit: runNow(tellers) }]
