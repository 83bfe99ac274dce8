// What a failure of the official e-address service means for the message and for those after it (INTERFACES 1.4).
import { maskedCode } from '../../kernel/identifier.ts'
import type { Obstacle } from '../channel.ts'

/** `too-big`: to be sent in sections. `not-yet`: the answer is not made yet. */
export type Meaning = Obstacle | 'too-big' | 'not-yet'

const meanings: Record<Meaning, readonly string[]> = {
  misconfigured: [
    ...['BL.PSS.001', 'BL.PSS.005', 'BL.PSS.007', 'BL.PSS.044', 'BL.PSS.045', 'BL.PSS.058', 'BL.PSS.059'],
    ...['BL.AKL.PSL.002', 'BL.AKL.PSL.004', 'BL.AKL.PSL.013', 'BL.AKL.PSL.014', 'BL.AKL.PSL.017'],
  ],
  refused: [
    ...['BL.PSS.003', 'BL.PSS.008', 'BL.PSS.010', 'BL.PSS.017', 'BL.PSS.018', 'BL.PSS.019', 'BL.PSS.021', 'BL.PSS.024'],
    ...['BL.PSS.030', 'BL.PSS.036', 'BL.PSS.040', 'BL.PSS.041', 'BL.PSS.046', 'BL.PSS.052'],
  ],
  delayed: ['BL.KOP.017', 'BL.KOP.020', 'BL.KOP.022', 'BL.AKL.SNH.001', 'BL.AKL.SNH.006', 'BL.AKL.SNH.007', 'BL.AKL.SNH.010'],
  'too-big': ['BL.PSS.006', 'BL.PSS.053'],
  'not-yet': ['BL.PSS.031'],
  unreachable: [],
}

const byCode = new Map(Object.entries(meanings).flatMap(([meaning, codes]) => codes.map((code) => [code, meaning as Meaning] as const)))

/** What a SOAP fault means. A code that the table lacks is the service's own trouble or, said to be the sender's, about this message. */
export const meaningOfFault = ({ code, isTheirs }: { code: string; isTheirs: boolean }): Meaning =>
  byCode.get(code) ?? (isTheirs ? 'delayed' : 'refused')

/** What an HTTP status without a SOAP answer means. */
export const meaningOfStatus = (status: number): Obstacle => ([401, 403, 404].includes(status) ? 'misconfigured' : 'unreachable')

const untrusted = /CERT|SSL|TLS|SIGNATURE|EPROTO/

/** What it means that no answer came: a certificate that one side does not take is for the operator, all else passes. */
export const meaningOfError = ({ code = '' }: { code?: string }): Obstacle => (untrusted.test(code) ? 'misconfigured' : 'unreachable')

const personalCodes = /\d{6}-?\d{5}/g

/** Thrown by the client. `code`: of the fault, else of the network or `HTTP 503`. Its message is for the operator; personal codes in it are masked. */
export class EAddressFailure extends Error {
  readonly meaning: Meaning
  readonly code: string

  constructor(meaning: Meaning, code: string, reason: string) {
    super(`${code} ${reason.replace(personalCodes, maskedCode)}`.trim().slice(0, 500))
    this.meaning = meaning
    this.code = code
  }

  /** As the delivery of a notice knows it. */
  get obstacle(): Obstacle {
    if (this.meaning === 'too-big') return 'refused'
    return this.meaning === 'not-yet' ? 'delayed' : this.meaning
  }
}
