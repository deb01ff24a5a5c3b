import { clockTime } from './clock-time'
import type { Devtools, DevtoolsState, FrameView } from './create-devtools'
import { Empty } from './empty'
import { formatBytes } from './format-bytes'

export interface FramesViewProps {
  readonly devtools: Pick<Devtools, 'record'>
  readonly state: DevtoolsState
}

const download = (name: string, text: string) => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Every frame with its state, and its session to save. */
export const FramesView = ({ devtools, state }: FramesViewProps) => {
  if (state.frames.length === 0) return <Empty>No frame has been started.</Empty>
  const save = ({ id, title }: FrameView) => {
    const text = devtools.record(id)
    if (text) download(`${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.session.json`, text)
  }
  return (
    <div className="souk-dev-wide">
      <table aria-label="Frames">
        <thead>
          <tr>
            {['App', 'State', 'Since', 'Messages', 'Size', 'Roots', 'Session'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {state.frames.map((frame) => (
            <tr key={frame.id}>
              <th scope="row">
                {frame.title} <span className="souk-dev-muted">{frame.version}</span>
              </th>
              <td data-state={frame.state}>
                {frame.state}
                {frame.code ? ` ${frame.code}` : ''}
              </td>
              <td>
                <time>{clockTime(frame.since)}</time>
              </td>
              <td>{frame.messages}</td>
              <td>{formatBytes(frame.bytes)}</td>
              <td>{frame.roots.length}</td>
              <td>
                {frame.canSave ? (
                  <button type="button" aria-label={`Record ${frame.title}`} onClick={() => save(frame)}>
                    Record
                  </button>
                ) : (
                  <span className="souk-dev-muted">{frame.state === 'starting' ? 'not yet' : 'too long to hold'}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="souk-dev-muted">
        Record saves the session from its start as a file, which replaySession of @souk/host/testing replays.
      </p>
    </div>
  )
}
