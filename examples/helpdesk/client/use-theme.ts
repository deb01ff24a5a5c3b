import { useEffect, useState } from 'react'

export type Theme = 'light' | 'dark'

const KEY = 'fernhill.theme'

const stored = (): Theme => {
  const value = localStorage.getItem(KEY)
  if (value === 'light' || value === 'dark') return value
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** The look that this browser was last set to, else the system's. */
export const useTheme = () => {
  const [theme, setTheme] = useState<Theme>(stored)
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return {
    theme,
    setTheme: (next: Theme) => {
      localStorage.setItem(KEY, next)
      setTheme(next)
    },
  }
}
