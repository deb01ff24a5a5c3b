import { useEffect, useState } from 'react'

type DevToolsModule = typeof import('./dev-tools')

/** Anybody may look at their own page: `?devtools` in the address asks for them, for as long as the tab is open. Nobody else loads them. */
const areWanted = (): boolean => {
  if (new URLSearchParams(location.search).has('devtools')) sessionStorage.setItem('fh-devtools', 'on')
  return sessionStorage.getItem('fh-devtools') === 'on'
}

/** The devtools once they are here, `null` where nobody asked for them, `undefined` while they load: the provider takes its `connect` once. */
export const useDevTools = (): DevToolsModule | null | undefined => {
  const [isWanted] = useState(areWanted)
  const [loaded, setLoaded] = useState<DevToolsModule>()
  useEffect(() => {
    if (isWanted) void import('./dev-tools').then(setLoaded)
  }, [isWanted])
  return isWanted ? loaded : null
}
