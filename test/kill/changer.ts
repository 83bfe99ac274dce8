// Changes to be killed among: several at once, each acknowledged when its action has come back, as the API would.
import { addInspectionType, editInspectionType, recordInspection } from '../../src/inspections/actions.ts'
import type { Context } from '../../src/people/context.ts'
import { actorIn, personByCode } from '../../src/people/people.ts'
import { commandContext, print, withDatabase } from '../../src/verbs/verb.ts'
import { nobody } from '../world.ts'

const draft = { type: 'FIRE_SAFETY', firstOn: '2099-03-31', every: 'P1Y', remindBefore: 'P1M', justification: '' }

/** Adds a type, edits it, and records that it was inspected: again and again, in one case. */
async function work(ctx: Context, number: string, round: string): Promise<never> {
  const acknowledge = (done: string, id: number) => print(`${done} ${number} ${id}`)
  for (let turn = 0; ; turn++) {
    const name = { type: 'FIRE_SAFETY', label: `${round}-${turn}` }
    const { id } = await addInspectionType(ctx, number, { ...draft, ...name })
    acknowledge('inspection-type.added', id)
    await editInspectionType(ctx, number, id, { ...draft, ...name, every: 'P2Y', justification: 'Biežāk nevajag' })
    acknowledge('inspection-type.edited', id)
    const inspection = await recordInspection(ctx, number, { ...name, performedOn: '2026-01-31', periodic: true, number: '', justification: '' })
    acknowledge('inspection.recorded', inspection.id)
  }
}

await withDatabase(async (opened) => {
  const system = commandContext(opened)
  const [code, round, ...cases] = process.argv.slice(2)
  const person = (await personByCode(system.db, code!))!
  const actor = (await actorIn(system.db, person.id, person.id, { today: system.today, staff: nobody }))!
  print('begun')
  await Promise.all(cases.map((number) => work({ ...system, actor }, number, round!)))
})
