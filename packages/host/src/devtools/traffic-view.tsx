import { useState } from 'react'
import { clockTime } from './clock-time'
import type { Devtools, DevtoolsState, TrafficEntry } from './create-devtools'
import { Empty } from './empty'
import { formatBytes } from './format-bytes'

/** Bytes are shown by their number: a stream of a thousand of them says nothing. */
const toText = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) => (ArrayBuffer.isView(item) ? `${item.byteLength} bytes` : item), 2)

export interface TrafficViewProps {
  readonly devtools: Pick<Devtools, 'clearTraffic'>
  readonly state: DevtoolsState
}

/** What the extensions and the product said to each other, newest last. */
export const TrafficView = ({ devtools, state }: TrafficViewProps) => {
  const [filter, setFilter] = useState('')
  /** What is held still, while more goes on. */
  const [held, setHeld] = useState<readonly TrafficEntry[]>()
  const entries = (held ?? state.traffic).filter(({ type }) => type.includes(filter))
  const clear = () => {
    devtools.clearTraffic()
    setHeld(held && [])
  }
  return (
    <>
      <div className="souk-dev-bar">
        <input
          type="search"
          aria-label="Filter by type"
          placeholder="Filter by type"
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
        />
        <button
          type="button"
          aria-pressed={held !== undefined}
          onClick={() => setHeld(held ? undefined : state.traffic)}
        >
          Pause
        </button>
        <button type="button" onClick={clear}>
          Clear
        </button>
        <span className="souk-dev-muted">
          {entries.length} messages, {formatBytes(entries.reduce((sum, { bytes }) => sum + bytes, 0))}
        </span>
      </div>
      {entries.length === 0 ? <Empty>Nothing has crossed the bridge.</Empty> : null}
      <ol className="souk-dev-lines" aria-label="Bridge">
        {entries.map((entry) => (
          <Line key={entry.id} entry={entry} />
        ))}
      </ol>
    </>
  )
}

const Line = ({ entry }: { readonly entry: TrafficEntry }) => {
  const { at, direction, kind, type, bytes, durationMs, code, message } = entry
  const [isOpen, setOpen] = useState(false)
  return (
    <li data-level={code ? 'error' : undefined}>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <time>{clockTime(at)}</time> {direction === 'to-extension' ? '→ extension' : '← extension'} <b>{type}</b>{' '}
          {kind}
          {code ? ` ${code}` : ''}
          <span className="souk-dev-numbers">
            {durationMs === undefined ? '' : `${durationMs.toFixed(1)} ms · `}
            {formatBytes(bytes)}
          </span>
        </summary>
        {/* Hundreds of messages are long texts, and one is read. */}
        {isOpen ? <pre>{toText(message)}</pre> : null}
      </details>
    </li>
  )
}
