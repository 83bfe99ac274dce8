// Which chapter of the manual is beside which page: the one place where this is said.
import { chapterPath, helpPath, type Chapter } from './chapters.ts'

/** A route, or with `/*` at its end all that begins with it; the longest that fits a page is its own. */
const places: Record<string, Chapter> = {
  '/': 'cases',
  '/sign-in': 'sign-in',
  '/profile': 'sign-in',
  '/profile/choose': 'sign-in',
  '/cases': 'cases',
  '/cases/:number': 'cases',
  '/cases/:number/basic': 'cases',
  '/cases/:number/inspection-types/*': 'inspection-types',
  '/cases/:number/inspections/*': 'inspections',
  '/cases/:number/plan': 'inspections',
  '/cases/:number/notices': 'reminders',
  '/cases/:number/history': 'history',
  '/cases/:number/meters/*': 'meters',
  '/cases/:number/meters/:id': 'readings',
  '/cases/:number/meters/:id/readings/*': 'readings',
  '/cases/:number/meters/:id/answer': 'readings',
  '/cases/:number/round/*': 'round',
  '/cases/:number/consumption': 'consumption',
  '/cases/:number/balance': 'consumption',
  '/meters/*': 'files',
  '/readings/*': 'files',
  '/notices/*': 'notices',
  '/notices/:id/proof': 'proof',
  '/profile/notices': 'preferences',
  '/u/:token': 'preferences',
  '/profile/email/*': 'email',
  '/verify/:token': 'email',
  '/profile/devices/*': 'phone',
  '/demo/mail': 'email',
  '/calendar/*': 'calendar',
  '/cases/:number/received': 'messages',
  '/cases/:number/sent': 'messages',
  '/cases/:number/messages/*': 'messages',
  '/cases/:number/templates/*': 'messages',
  '/reports/*': 'reports',
  '/announcements/*': 'announcements',
  '/runs': 'operators',
  '/deliveries': 'operators',
  '/problems/*': 'problems',
  '/contact': 'problems',
  '/attachments/*': 'attachments',
  '/desk/*': 'desk',
  '/support-access/*': 'support-access',
  '/profile/support-access/*': 'support-access',
  '/profile/tokens/*': 'api',
  '/api': 'api',
}

const fits = (place: string, route: string) => (place.endsWith('/*') ? `${route}/`.startsWith(place.slice(0, -1)) : route === place)

export function chapterOf(route: string): Chapter | undefined {
  const [longest] = Object.keys(places)
    .filter((place) => fits(place, route))
    .sort((a, b) => b.length - a.length)
  return longest === undefined ? undefined : places[longest]
}

const known = new Map<string, string>()

/** Where a page's link to help leads; from what has no chapter of its own, to the contents. */
export function helpOf(route: string | undefined): string {
  if (route === undefined) return helpPath
  const chapter = chapterOf(route)
  const path = known.get(route) ?? (chapter ? chapterPath(chapter) : helpPath)
  known.set(route, path)
  return path
}
