// Endpoints of inspections, gathered.
import type { Endpoint } from '../people/endpoint.ts'
import { caseEndpoint } from './case-api.ts'
import { inspectionEndpoints } from './inspection-api.ts'
import { typeEndpoints } from './type-api.ts'

export const inspectionsEndpoints: readonly Endpoint[] = [caseEndpoint, ...typeEndpoints, ...inspectionEndpoints]
