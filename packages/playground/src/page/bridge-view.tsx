import { useEffect, useState } from 'react'
import type { BridgeLog } from './bridge-log'
import { clockTime } from './clock-time'

/** Bytes are shown by their number: a stream of a thousand of them says nothing. */
const toText = (value: unknown): string =>
  JSON.stringify(value, (_key, item) => (item instanceof Uint8Array ? `${item.byteLength} bytes` : item), 2)

/** What the extension and the product said to each other, newest last. */
export const BridgeView = ({ bridge }: { readonly bridge: BridgeLog }) => {
  const [entries, setEntries] = useState(bridge.get)
  const [filter, setFilter] = useState('')
  useEffect(() => {
    // Drawn once a frame, however many messages there were.
    let frame = 0
    const draw = () => {
      frame = 0
      setEntries(bridge.get())
    }
    const unsubscribe = bridge.subscribe(() => {
      frame ||= requestAnimationFrame(draw)
    })
    return () => {
      cancelAnimationFrame(frame)
      unsubscribe()
    }
  }, [bridge])
  const clear = () => {
    bridge.clear()
    setEntries([])
  }
  return (
    <>
      <button type="button" onClick={clear}>
        Clear
      </button>{' '}
      <input
        aria-label="Filter by type"
        placeholder="Filter by type"
        value={filter}
        onChange={({ target }) => setFilter(target.value)}
      />
      <ol className="lines" aria-label="Bridge">
        {entries
          .filter(({ type }) => type.includes(filter))
          .map(({ id, at, direction, kind, type, message }) => (
            <li key={id}>
              <details>
                <summary>
                  <time>{clockTime(at)}</time> {direction === 'to-extension' ? '→ extension' : '← extension'}{' '}
                  <b>{type}</b> {kind}
                </summary>
                <pre>{toText(message)}</pre>
              </details>
            </li>
          ))}
      </ol>
    </>
  )
}
