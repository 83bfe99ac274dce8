// Every type of notice: whom it is for, its category, whether a person may mute it, and the channels that it may use (DOMAIN 6.2, 6.3).
import type { ChannelName } from './channel.ts'

/** What a person chooses by; after the categories of BIS mobile (DOMAIN 6.3). */
export const categories = ['deadlines', 'cases', 'messages', 'decisions', 'representation', 'announcements'] as const
export type Category = (typeof categories)[number]

/** `house`: whoever looks after the building, by the cascade of INS-9. `owners`: all of its owners. `named`: whoever is named. */
export type Audience = 'house' | 'owners' | 'named'

/** `mandatory`: it cannot be muted; `notice.mandatory` says why. `toldBy`: the sweep or import, an authority, the people of a house, or support. */
export type NoticeType = {
  audience: Audience
  category: Category
  mandatory: boolean
  channels: readonly ChannelName[]
  toldBy: 'program' | 'authority' | 'people' | 'support'
}

const usual = ['email', 'push'] as const
const official = ['eaddress', 'email', 'push'] as const

export const noticeTypes = {
  INSPECTION_DUE: { audience: 'house', category: 'deadlines', mandatory: false, channels: usual, toldBy: 'program' },
  LIMIT_EXCEEDED: { audience: 'house', category: 'cases', mandatory: false, channels: usual, toldBy: 'program' },
  READING_DUE: { audience: 'house', category: 'deadlines', mandatory: false, channels: usual, toldBy: 'program' },
  METER_VALIDITY: { audience: 'house', category: 'deadlines', mandatory: false, channels: usual, toldBy: 'program' },
  PERMIT_ISSUED: { audience: 'named', category: 'decisions', mandatory: true, channels: official, toldBy: 'authority' },
  INTENT_REJECTED: { audience: 'named', category: 'decisions', mandatory: true, channels: official, toldBy: 'authority' },
  DESIGN_APPROVED: { audience: 'named', category: 'decisions', mandatory: false, channels: usual, toldBy: 'authority' },
  OPERATION_OPINION_RECEIVED: { audience: 'owners', category: 'decisions', mandatory: true, channels: official, toldBy: 'authority' },
  INSTRUCTION_DEADLINE: { audience: 'named', category: 'deadlines', mandatory: true, channels: usual, toldBy: 'authority' },
  POA_CREATED: { audience: 'named', category: 'representation', mandatory: false, channels: usual, toldBy: 'authority' },
  POA_EXPIRING: { audience: 'named', category: 'representation', mandatory: false, channels: usual, toldBy: 'authority' },
  SUPPORT_LOOKS: { audience: 'named', category: 'representation', mandatory: true, channels: usual, toldBy: 'program' },
  HOUSE_MESSAGE: { audience: 'named', category: 'messages', mandatory: false, channels: usual, toldBy: 'people' },
  ANNOUNCEMENT: { audience: 'named', category: 'announcements', mandatory: false, channels: usual, toldBy: 'support' },
  PROBLEM_ANSWERED: { audience: 'named', category: 'messages', mandatory: false, channels: usual, toldBy: 'support' },
} as const satisfies Record<string, NoticeType>

export type NoticeKind = keyof typeof noticeTypes

export const noticeKinds = Object.keys(noticeTypes) as NoticeKind[]

/** The kinds that are told by somebody of this sort. */
export const kindsToldBy = (teller: NoticeType['toldBy']): NoticeKind[] => noticeKinds.filter((kind) => noticeTypes[kind].toldBy === teller)
