// Examples of what schemas describe, made of the examples of their fields.

export type JsonSchema = {
  $ref?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  default?: unknown
  examples?: unknown[]
  example?: unknown
  description?: string
  format?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
}

const words: Record<string, string> = { date: '2027-03-01', 'date-time': '2026-11-23T07:00:00.000Z' }

const simple = ({ type, format = '' }: JsonSchema): unknown =>
  type === 'string' ? (words[format] ?? 'text') : type === 'integer' || type === 'number' ? 1 : type === 'boolean' ? true : type === 'object' ? {} : null

export const resolved = (schema: JsonSchema, schemas: Record<string, JsonSchema>): JsonSchema =>
  schema.$ref ? (schemas[schema.$ref.slice('#/components/schemas/'.length)] ?? {}) : schema

/** A value that the schema describes. */
export function exampleOf(given: JsonSchema, schemas: Record<string, JsonSchema>): unknown {
  const schema = resolved(given, schemas)
  const [said] = [...(schema.examples ?? []), ...(schema.enum ?? []), schema.example, schema.const, schema.default].filter((value) => value !== undefined)
  if (said !== undefined) return said
  const [first] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  if (first) return exampleOf(first, schemas)
  if (schema.items) return [exampleOf(schema.items, schemas)]
  if (!schema.properties) return simple(schema)
  return Object.fromEntries(Object.entries(schema.properties).map(([name, field]) => [name, exampleOf(field, schemas)]))
}
