import { useMemo } from 'react'
import { useSouk } from '../souk-context'

/** Numbers and dates in the user's language and time zone, as the product told them. */
export const useFormat = () => {
  const { locale, timeZone } = useSouk().context
  return useMemo(() => {
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
    const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
    const number = new Intl.NumberFormat(locale)
    return {
      number: (value: number) => number.format(value),
      date: (iso: string) => date.format(new Date(iso)),
      dateTime: (iso: string) => dateTime.format(new Date(iso)),
    }
  }, [locale, timeZone])
}
