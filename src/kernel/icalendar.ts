// Calendars as other programs read them: RFC 5545 with the properties of RFC 7986. Pure.
import { addDays, daysBetween, type PlainDate } from './date.ts'

/** Something of one whole day. */
export type CalendarEvent = {
  /** The same at each reading, whatever else changes. */
  uid: string
  /** Grows with each revision, at most 2³¹ − 1. */
  sequence: number
  revisedAt: Date
  on: PlainDate
  title: string
  location: string
  /** May have several lines. */
  text: string
  url: string
  /** The morning of the alarm; null for none. */
  remindOn: PlainDate | null
  cancelled?: true
}

export type Calendar = {
  name: string
  text: string
  /** A name of CSS. */
  color: string
  /** How often it is worth reading it again. */
  refreshHours: number
  events: readonly CalendarEvent[]
}

/** An alarm of a whole day would ring at midnight. */
const alarmHour = 9

const longestLine = 75
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

const isInsideCharacter = (octet: number | undefined) => octet !== undefined && (octet & 0xc0) === 0x80

/** A line of at most 75 octets; what is left goes on in the next ones, each after a space. No character is cut. */
function folded(line: string): string {
  const octets = encoder.encode(line)
  if (octets.length <= longestLine) return line
  const parts: string[] = []
  for (let start = 0; start < octets.length; ) {
    let end = start + longestLine - (start === 0 ? 0 : 1)
    while (isInsideCharacter(octets[end])) end -= 1
    parts.push(decoder.decode(octets.subarray(start, end)))
    start = end
  }
  return parts.join('\r\n ')
}

const escapes: Record<string, string> = { '\\': '\\\\', ';': '\\;', ',': '\\,', '\n': '\\n' }

/** TEXT: no other control character than a tab may stand in it. */
const escaped = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .replace(/[\\;,\n]/g, (character) => escapes[character]!)

const day = (date: PlainDate) => date.replaceAll('-', '')
const instant = (at: Date) => at.toISOString().replace(/[-:]|\.\d+/g, '')

/** From the beginning of the day `on`: `-P29DT15H` rings at nine o'clock thirty days before. */
function trigger(on: PlainDate, remindOn: PlainDate): string {
  const days = daysBetween(remindOn, on)
  return days <= 0 ? `P${-days}DT${alarmHour}H` : `-P${days - 1}DT${24 - alarmHour}H`
}

const alarm = ({ on, title }: CalendarEvent, remindOn: PlainDate) => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${escaped(title)}`,
  `TRIGGER:${trigger(on, remindOn)}`,
  'END:VALARM',
]

const event = (about: CalendarEvent) => [
  'BEGIN:VEVENT',
  `UID:${about.uid}`,
  `DTSTAMP:${instant(about.revisedAt)}`,
  `SEQUENCE:${about.sequence}`,
  `DTSTART;VALUE=DATE:${day(about.on)}`,
  `DTEND;VALUE=DATE:${day(addDays(about.on, 1))}`,
  `SUMMARY:${escaped(about.title)}`,
  `LOCATION:${escaped(about.location)}`,
  `DESCRIPTION:${escaped(about.text)}`,
  `URL:${about.url}`,
  'TRANSP:TRANSPARENT',
  ...(about.cancelled ? ['STATUS:CANCELLED'] : []),
  ...(about.remindOn === null || about.cancelled ? [] : alarm(about, about.remindOn)),
  'END:VEVENT',
]

/** The text of a calendar to subscribe to: without METHOD, it is published and not sent. */
export function icalendar({ name, text, color, refreshHours, events }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Nams//Nams//LV',
    'CALSCALE:GREGORIAN',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    `DESCRIPTION:${escaped(text)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:PT${refreshHours}H`,
    `X-PUBLISHED-TTL:PT${refreshHours}H`,
    `COLOR:${color}`,
    ...events.flatMap(event),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}
