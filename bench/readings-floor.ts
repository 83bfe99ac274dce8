// The floor of both requests: a bare server with the same SQL, without a check of who asks, without a rule. See `readings-http.ts`.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { caseIdOf } from './readings-data.ts'

const asText = (value: string) => value
pg.types.setTypeParser(pg.types.builtins.DATE, asText)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10, options: '-c role=nams_app' })

const statements = {
  list: `select case_id, id, building_id, premises, type, unit, number, installed_on, initial, status, valid_until, period_months, place, replaces_id,
    last_read_on, last_value, reading_due_on from meter where case_id = $1 and deleted_at is null
    order by status, array_position(array['WATER','GAS','ELECTRICITY','HEAT'], type), lv_sort(number) collate "C"`,
  reading: `insert into reading (case_id, meter_id, read_on, value, difference, rolled_over, estimated, warnings, entered_at, entered_by, import_id)
    values ($1, $2, $3, $4, null, 0, false, '{}', $5, $6, null) returning id`,
  meter: 'update meter set last_read_on = $3, last_value = $4, reading_due_on = $5 where case_id = $1 and id = $2',
  event: `insert into event (case_id, at, action, kind, subject_id, actor_id, acting_for_id, via, justification, before, after)
    values ($1, $2, 'reading.added', 'CREATE', $3, $4, null, 'api', null, null, $5)`,
} as const

const ask = (on: pg.Pool | pg.PoolClient, name: keyof typeof statements, values: unknown[]) => on.query({ name, text: statements[name], values })

async function submit(house: number, meterId: number, { readOn, value }: { readOn: string; value: string }): Promise<object> {
  const [caseId, now, thousandths] = [caseIdOf(house), new Date(), Math.round(Number(value) * 1000)]
  const client = await pool.connect()
  try {
    await client.query('begin')
    await ask(client, 'reading', [caseId, meterId, readOn, thousandths, now, house])
    await ask(client, 'meter', [caseId, meterId, readOn, thousandths, readOn])
    await ask(client, 'event', [caseId, now, meterId, house, JSON.stringify({ readOn, value })])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
  return { readOn, value }
}

async function answer(request: IncomingMessage): Promise<[status: number, body: object]> {
  const [, house, meterId] = /ML-(\d+)\/meters(?:\/(\d+))?/.exec(request.url!)!
  if (request.method === 'GET') return [200, { items: (await ask(pool, 'list', [caseIdOf(Number(house))])).rows, next: null }]
  return [201, await submit(Number(house), Number(meterId), JSON.parse(await text(request)))]
}

function send(response: ServerResponse, status: number, body: object): void {
  const json = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }).end(json)
}

const server = createServer((request, response) => {
  answer(request).then(([status, body]) => send(response, status, body), (error) => send(response, 500, { error: String(error) }))
})
server.listen(0, '127.0.0.1', () => console.log(`The floor is ready at http://127.0.0.1:${(server.address() as AddressInfo).port}`))
