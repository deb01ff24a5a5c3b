import { useSyncExternalStore } from 'react'
import { clockTime } from './clock-time'
import type { Log } from './create-log'

export const LogView = ({ log }: { readonly log: Log }) => {
  const entries = useSyncExternalStore(log.subscribe, log.get)
  return (
    <>
      <button type="button" onClick={log.clear}>
        Clear
      </button>
      <ol className="lines" aria-label="Logs">
        {entries.map(({ id, at, from, level, message }) => (
          <li key={id} data-level={level}>
            <time>{clockTime(at)}</time> <b>{from}</b> <pre>{message}</pre>
          </li>
        ))}
      </ol>
    </>
  )
}
