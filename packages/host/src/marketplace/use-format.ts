import { useMemo } from 'react'
import { useSouk } from '../souk-context'

/** Dates in the user's language and time zone, as the product told them. */
export const useFormat = () => {
  const { locale, timeZone } = useSouk().context
  return useMemo(() => {
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
    const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
    return {
      date: (iso: string) => date.format(new Date(iso)),
      dateTime: (iso: string) => dateTime.format(new Date(iso)),
    }
  }, [locale, timeZone])
}
