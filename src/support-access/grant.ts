// What a person opens to support: everything that they see or one case, for 72 hours, and how long it still goes on (SUP-3).

export const openHours = 72

/** `caseNumber` null: everything that the person sees. `closedAt`: when it ended before its time. */
export type Grant = {
  id: number
  personId: number
  caseNumber: string | null
  openedAt: Date
  closedAt: Date | null
}

export const endsAt = ({ openedAt, closedAt }: Pick<Grant, 'openedAt' | 'closedAt'>): Date => closedAt ?? new Date(openedAt.getTime() + openHours * 3_600_000)

/** To the second, by its times alone: from when it was opened until its end, which is not open any more. */
export const isOpen = (grant: Pick<Grant, 'openedAt' | 'closedAt'>, now: Date): boolean => grant.openedAt <= now && now < endsAt(grant)

export const secondsLeft = (grant: Pick<Grant, 'openedAt' | 'closedAt'>, now: Date): number =>
  isOpen(grant, now) ? Math.ceil((endsAt(grant).getTime() - now.getTime()) / 1000) : 0

/** `hh:mm:ss`, from 72:00:00. */
export const clockWords = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
