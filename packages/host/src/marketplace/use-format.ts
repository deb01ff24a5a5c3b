import { useMemo } from 'react'
import { formatBytes } from '../format-bytes'
import { useSouk } from '../souk-context'

/** Numbers and dates in the user's language and time zone, as the product told them. */
export const useFormat = () => {
  const { locale, timeZone } = useSouk().context
  return useMemo(() => {
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
    const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
    const list = new Intl.ListFormat(locale)
    const number = new Intl.NumberFormat(locale)
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
    const difference = new Intl.NumberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 0,
      signDisplay: 'exceptZero',
    })
    return {
      list: (items: readonly string[]) => list.format(items),
      number: (value: number) => number.format(value),
      /** Of a hundred. */
      percent: (value: number) => percent.format(value / 100),
      /** Of one, with its sign: +12%. */
      difference: (share: number) => difference.format(share),
      bytes: (value: number) => formatBytes(locale, value),
      date: (iso: string) => date.format(new Date(iso)),
      dateTime: (iso: string) => dateTime.format(new Date(iso)),
    }
  }, [locale, timeZone])
}
