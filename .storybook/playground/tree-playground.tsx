import { useId, useState } from 'react'
import { useSouk } from '../../packages/host/src/souk-context'
import { RootView } from '../../packages/host/src/tree/root-view'
import { EXAMPLE_NAMES, type ExampleName, textOf } from './example-trees'
import './tree-playground.css'
import { useDrawnTree } from './use-drawn-tree'

export interface TreePlaygroundProps {
  /** What is in the editor at first. */
  readonly text: string
}

/** Draws the tree that is written beside it, by the registry of the toolbar, and says what the contract does not let pass. */
export const TreePlayground = ({ text: first }: TreePlaygroundProps) => {
  const [text, setText] = useState(first)
  const { registry } = useSouk()
  const drawn = useDrawnTree(text, registry)
  const id = useId()
  return (
    <div className="tree-playground">
      <section aria-labelledby={`${id}-tree`}>
        <header>
          <h2 id={`${id}-tree`}>Tree</h2>
          <select
            className="souk-input"
            aria-label="Example"
            value={EXAMPLE_NAMES.find((name) => textOf(name) === text) ?? ''}
            // Its values are the names.
            onChange={({ target }) => setText(textOf(target.value as ExampleName))}
          >
            <option value="" disabled>
              Choose an example
            </option>
            {EXAMPLE_NAMES.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </header>
        <textarea
          className="souk-input"
          aria-label="Tree as JSON"
          spellCheck={false}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </section>
      <section aria-labelledby={`${id}-drawn`}>
        <h2 id={`${id}-drawn`}>Drawn</h2>
        <div className="tree-playground-drawn">
          {drawn?.store ? (
            <RootView store={drawn.store} registry={registry} appTitle="The tree" />
          ) : (
            <p>There is nothing to draw.</p>
          )}
        </div>
        <h2 id={`${id}-told`}>Diagnostics and events</h2>
        <ul className="tree-playground-told" aria-labelledby={`${id}-told`} aria-live="polite">
          {drawn?.told.map(({ code, message }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are only ever added at the end.
            <li key={index} data-code={code}>
              <code>{code}</code> {message}
            </li>
          ))}
        </ul>
        {drawn?.told.length === 0 ? <p>Everything passed the contract.</p> : null}
      </section>
    </div>
  )
}
