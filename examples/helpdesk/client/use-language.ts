import { useState } from 'react'

/** The languages that Souk's screens and the apps are shown in. The help desk itself speaks English. */
export const LANGUAGES = [
  { id: 'en-GB', label: 'English' },
  { id: 'de-DE', label: 'Deutsch' },
] as const

export type Language = (typeof LANGUAGES)[number]['id']

const KEY = 'fernhill.language'

/** The language of apps that this browser was last set to, else English. */
export const useLanguage = () => {
  const [language, setLanguage] = useState<Language>(
    () => LANGUAGES.find(({ id }) => id === localStorage.getItem(KEY))?.id ?? 'en-GB',
  )
  return {
    language,
    setLanguage: (next: Language) => {
      localStorage.setItem(KEY, next)
      setLanguage(next)
    },
  }
}
