// A request to an endpoint as a command that can be tried.
import { exampleOf, type JsonSchema } from './example.ts'
import type { Operation } from './document.ts'

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`

/** The path with examples for its parameters, and the query that cannot be left out. */
function exampleUrl(origin: string, path: string, { parameters = [] }: Operation, schemas: Record<string, JsonSchema>): string {
  const example = ({ schema, example = exampleOf(schema, schemas) }: { schema: JsonSchema; example?: unknown }) => encodeURIComponent(String(example))
  const whole = parameters.filter((parameter) => parameter.in === 'path').reduce((text, parameter) => text.replace(`{${parameter.name}}`, example(parameter)), path)
  const query = parameters.filter((parameter) => parameter.in === 'query' && parameter.required).map((parameter) => `${parameter.name}=${example(parameter)}`)
  return `${origin}${whole}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

export function curl(origin: string, path: string, method: string, operation: Operation, schemas: Record<string, JsonSchema>): string {
  const body = operation.requestBody?.content['application/json']?.example
  const key = operation.parameters?.find((parameter) => parameter.in === 'header')
  const lines = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}${quoted(exampleUrl(origin, path, operation, schemas))}`,
    ...(operation.security?.length === 0 ? [] : ['-H "Authorization: Bearer $NAMS_TOKEN"']),
    ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`]),
    ...(key ? [`-H ${quoted(`${key.name}: ${String(key.example)}`)}`] : []),
    ...(body === undefined ? [] : [`-d ${quoted(JSON.stringify(body))}`]),
  ]
  return lines.join(' \\\n  ')
}
