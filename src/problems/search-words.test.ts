import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryOf, wordsOf } from './search-words.ts'

const finds = (asked: string, text: string) => {
  const words = wordsOf(text)
  return queryOf(asked)!.split(' & ').every((part) => words.some((word) => word.startsWith(/^'(.*)':\*$/.exec(part)![1]!)))
}

test('a word is found in each of its forms, with and without its marks', () => {
  for (const form of ['Rādījums', 'rādījumu', 'rādījumiem', 'RĀDĪJUMI']) for (const asked of ['radijumi', 'Rādījumu', 'rādījumiem']) assert.ok(finds(asked, `Mans ${form}!`), `${asked} in ${form}`)
  assert.ok(finds('skaitītājs ūdens', 'Ūdens skaitītāju nevar pievienot'))
  assert.ok(!finds('skaitītājs gāze', 'Ūdens skaitītāju nevar pievienot'))
})

test('short words keep their endings, and signs ask for nothing', () => {
  assert.equal(queryOf('lai'), "'lai':*")
  assert.equal(queryOf(`' | & ! :*`), undefined)
  assert.equal(queryOf(`o'hara)`), "'o':* & 'hara':*")
})
