// The fields of a schema in rows, for readers.
import { resolved, type JsonSchema } from './example.ts'

export type Field = { name: string; type: string; required: boolean; description: string }

type Schemas = Record<string, JsonSchema>

const variants = (schema: JsonSchema) => [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]

/** `string (date) | null`, `"a" | "b"`, `object[]`. */
function typeWords(given: JsonSchema, schemas: Schemas): string {
  const schema = resolved(given, schemas)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (variants(schema).length > 0) return [...new Set(variants(schema).map((variant) => typeWords(variant, schemas)))].join(' | ')
  if (schema.items) return `${typeWords(schema.items, schemas)}[]`
  const type = [schema.type ?? 'any'].flat().join(' | ')
  return schema.format ? `${type} (${schema.format})` : type
}

/** The object that a field holds, alone, in a list or beside null. */
function inside(given: JsonSchema, schemas: Schemas, mark = ''): { schema: JsonSchema; mark: string }[] {
  const schema = resolved(given, schemas)
  if (schema.items) return inside(schema.items, schemas, `${mark}[]`)
  if (variants(schema).length > 0) return variants(schema).flatMap((variant) => inside(variant, schemas, mark))
  return schema.properties ? [{ schema, mark }] : []
}

/** Every field of a schema, those of objects within it after their own; what variants share is told once. */
export function fieldsOf(given: JsonSchema, schemas: Schemas, prefix = ''): Field[] {
  const rows = inside(given, schemas).flatMap(({ schema, mark }) =>
    Object.entries(schema.properties!).flatMap(([name, field]) => {
      const path = `${prefix}${mark && `${mark}.`}${name}`
      const row = { name: path, type: typeWords(field, schemas), required: schema.required?.includes(name) ?? false, description: field.description ?? '' }
      return [row, ...inside(field, schemas).flatMap((one) => fieldsOf(one.schema, schemas, `${path}${one.mark}.`))]
    }),
  )
  return [...new Map(rows.map((row) => [row.name, row])).values()]
}
