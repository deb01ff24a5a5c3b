import { isRecord, type PlainRecord, type SurfaceContract, standardContract } from '@souk/extension-sdk/protocol'
import { type SoukClient, Surface, SurfaceActions } from '@souk/host'
import { useEffect, useId, useState } from 'react'
import type { Log } from './create-log'
import { sampleContext } from './sample-value'

const surfaces: Readonly<Record<string, SurfaceContract>> = standardContract.surfaces

/** The kinds of surfaces that the extension has now, in the order of the contract. */
const useKinds = (client: SoukClient, log: Log): readonly string[] => {
  const [kinds, setKinds] = useState<readonly string[]>([])
  useEffect(() => {
    const load = () =>
      client.extensions().then(
        (extensions) =>
          setKinds([...new Set(extensions.flatMap((extension) => extension.surfaces.map(({ kind }) => kind)))]),
        (error: unknown) => log.add('host', 'error', String(error)),
      )
    void load()
    return client.subscribe(() => void load())
  }, [client, log])
  return kinds
}

export interface PlacesProps {
  readonly client: SoukClient
  readonly contexts: Readonly<Record<string, unknown>>
  readonly log: Log
}

/** Every place in which the extension appears, each with what the product says there. */
export const Places = ({ client, contexts, log }: PlacesProps) => {
  const kinds = useKinds(client, log)
  if (kinds.length === 0) return <p className="muted">The extension has no surfaces yet.</p>
  return kinds.map((kind) => {
    const contract = surfaces[kind]
    return contract ? (
      <Place key={kind} kind={kind} contract={contract} given={contexts[kind]} />
    ) : (
      <section key={kind} className="place">
        <h2>{kind}</h2>
        <p className="muted">
          A product declares this surface itself, so only the product can show it. Try it with souk dev --remote.
        </p>
      </section>
    )
  })
}

interface PlaceProps {
  readonly kind: string
  readonly contract: SurfaceContract
  readonly given: unknown
}

const parseContext = (text: string): PlainRecord | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    // JSON is plain data; the host checks it against the contract.
    return isRecord(value) ? (value as PlainRecord) : undefined
  } catch {
    return undefined
  }
}

const Place = ({ kind, contract, given }: PlaceProps) => {
  const id = useId()
  const [text, setText] = useState(() =>
    JSON.stringify({ ...sampleContext(contract), ...(isRecord(given) ? given : {}) }, null, 2),
  )
  const [context, setContext] = useState(() => parseContext(text) ?? {})
  const edit = (next: string) => {
    setText(next)
    const parsed = parseContext(next)
    if (parsed) setContext(parsed)
  }
  // The names and contexts of the standard contract are known to the types one by one, and here as whatever they are.
  const surface = { name: kind as 'record.widgets', context: context as { recordType: string; recordId: string } }
  return (
    <section className="place" aria-labelledby={id}>
      <h2 id={id}>{kind}</h2>
      <p className="muted">{contract.description}</p>
      <div className="stage">
        {contract.behavior === 'render' ? (
          <Surface {...surface} />
        ) : (
          <SurfaceActions
            {...surface}
            render={(actions) =>
              actions.map((action) => (
                <button key={action.key} type="button" disabled={action.isRunning} onClick={() => void action.run()}>
                  {action.label}
                </button>
              ))
            }
          />
        )}
      </div>
      <details>
        <summary>Context</summary>
        <textarea
          aria-label={`Context of ${kind}`}
          aria-invalid={parseContext(text) === undefined}
          value={text}
          rows={text.split('\n').length}
          spellCheck={false}
          onChange={({ target }) => edit(target.value)}
        />
      </details>
    </section>
  )
}
