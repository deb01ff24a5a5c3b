const LOCALE = 'en-GB'

const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto', style: 'short' })
const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' })
const full = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'short' })
const month = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric' })

const MINUTE_MS = 60_000

/** `5 min ago`, `yesterday`, `12 Nov`. */
export const formatAgo = (iso: string, now = Date.now()): string => {
  const minutes = Math.round((now - Date.parse(iso)) / MINUTE_MS)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return relative.format(-minutes, 'minute')
  if (minutes < 24 * 60) return relative.format(-Math.round(minutes / 60), 'hour')
  if (minutes < 7 * 24 * 60) return relative.format(-Math.round(minutes / 1440), 'day')
  return day.format(new Date(iso))
}

export const formatFull = (iso: string): string => full.format(new Date(iso))

export const formatMonth = (iso: string): string => month.format(new Date(iso))

export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
