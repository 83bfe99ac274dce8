// The closed list of what can happen: each action's kind in the history (INS-5, MTR-8).

export type EventKind = 'CREATE' | 'UPDATE' | 'DELETE'

export const actions = {
  'inspection-type.added': 'CREATE',
  'inspection-type.edited': 'UPDATE',
  'inspection-type.removed': 'DELETE',
  'inspection.recorded': 'CREATE',
  'inspection.changed': 'UPDATE',
  'inspection.annulled': 'DELETE',
  'meter.added': 'CREATE',
  'meter.edited': 'UPDATE',
  'meter.removed': 'DELETE',
  'meter.replaced': 'UPDATE',
  'reading.added': 'CREATE',
  'reading.edited': 'UPDATE',
  'reading.removed': 'DELETE',
  'reading.corrected': 'UPDATE',
  'round.arranged': 'UPDATE',
  'meters.imported': 'UPDATE',
  'meters.undone': 'UPDATE',
  'readings.imported': 'CREATE',
  'readings.undone': 'DELETE',
  'preferences.changed': 'UPDATE',
  'notice.cancelled': 'DELETE',
  'case.opened': 'CREATE',
  'case.changed': 'UPDATE',
  'building.changed': 'UPDATE',
  'holder.registered': 'CREATE',
  'holder.changed': 'UPDATE',
  'manager.registered': 'CREATE',
  'manager.changed': 'UPDATE',
  'responsible.registered': 'CREATE',
  'responsible.changed': 'UPDATE',
  'party.registered': 'CREATE',
  'party.changed': 'UPDATE',
  'representative.registered': 'CREATE',
  'representative.changed': 'UPDATE',
  'register.imported': 'UPDATE',
  'token.issued': 'CREATE',
  'token.revoked': 'DELETE',
  'calendar-feed.created': 'CREATE',
  'calendar-feed.revoked': 'DELETE',
  'device.added': 'CREATE',
  'device.removed': 'DELETE',
  'session.ended': 'DELETE',
  'email.set': 'UPDATE',
  'email.added': 'CREATE',
  'email.link-asked': 'CREATE',
  'email.verified': 'UPDATE',
  'email.chosen': 'UPDATE',
  'email.removed': 'DELETE',
} as const satisfies Record<string, EventKind>

export type Action = keyof typeof actions

/** The case of events that belong to the installation itself. */
export const installation = 0
