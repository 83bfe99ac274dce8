// Two readers of calendars that are not ours: ical.js of Thunderbird, and Debian's python3-icalendar.
import { execFileSync } from 'node:child_process'
import ICAL from 'ical.js'

/** What a calendar program knows of an event; `alarm` in seconds from its beginning. */
export type ReadEvent = {
  uid: string
  sequence: number
  stamp: string
  on: string
  isWholeDay: boolean
  title: string
  location: string
  text: string
  url: string
  status: string | null
  alarm: number | null
}
export type ReadCalendar = { name: string; refresh: string; color: string; events: ReadEvent[] }
export type CalendarReader = { name: string; isMissing: boolean; read: (text: string) => ReadCalendar }

// Without this it leaves a property that it does not know as it was written, with its escapes.
const { property } = ICAL.design.icalendar as { property: Record<string, unknown> }
Object.assign(property, { 'x-wr-calname': property['summary'] })

function byIcalJs(text: string): ReadCalendar {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const said = (from: ICAL.Component, name: string) => String(from.getFirstPropertyValue(name) ?? '')
  const events = calendar.getAllSubcomponents('vevent').map((component): ReadEvent => {
    const { uid, sequence, startDate, summary, location, description } = new ICAL.Event(component)
    const trigger = component.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger')
    return {
      uid, sequence, title: summary, location, text: description,
      stamp: (component.getFirstPropertyValue('dtstamp') as ICAL.Time).toJSDate().toISOString(),
      on: startDate.toString(),
      isWholeDay: startDate.isDate,
      url: said(component, 'url'),
      status: said(component, 'status') || null,
      alarm: trigger instanceof ICAL.Duration ? trigger.toSeconds() : null,
    }
  })
  return { name: said(calendar, 'x-wr-calname'), refresh: said(calendar, 'refresh-interval'), color: said(calendar, 'color'), events }
}

const python = process.env['PYTHON'] ?? '/usr/bin/python3'

const script = `
import sys, json, datetime
from icalendar import Calendar
calendar = Calendar.from_ical(sys.stdin.buffer.read())
def event(e):
    alarm = [a['trigger'].dt.total_seconds() for a in e.walk('VALARM')]
    return {
        'uid': str(e['uid']), 'sequence': int(e['sequence']), 'title': str(e['summary']), 'location': str(e['location']), 'text': str(e['description']),
        'stamp': e['dtstamp'].dt.strftime('%Y-%m-%dT%H:%M:%S.000Z'), 'on': e['dtstart'].dt.isoformat(),
        'isWholeDay': not isinstance(e['dtstart'].dt, datetime.datetime), 'url': str(e['url']),
        'status': str(e['status']) if 'status' in e else None, 'alarm': alarm[0] if alarm else None }
print(json.dumps({'name': str(calendar['x-wr-calname']), 'refresh': calendar['refresh-interval'].to_ical().decode(), 'color': str(calendar['color']), 'events': [event(e) for e in calendar.walk('VEVENT')]}))
`

const byPython = (text: string): ReadCalendar => JSON.parse(execFileSync(python, ['-c', script], { input: text, encoding: 'utf8' }))

const hasPython = () => {
  try {
    execFileSync(python, ['-c', 'import icalendar'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export const calendarReaders: readonly CalendarReader[] = [
  { name: 'ical.js', isMissing: false, read: byIcalJs },
  { name: 'python3-icalendar', isMissing: !hasPython(), read: byPython },
]
