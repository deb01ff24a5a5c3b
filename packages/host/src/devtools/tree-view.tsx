import type { DevtoolsState } from './create-devtools'
import { Empty } from './empty'
import { isSlot, type MirrorNode } from './tree-mirror'

/** What each extension draws, as it said it. */
export const TreeView = ({ state }: { readonly state: DevtoolsState }) => {
  const roots = state.frames.flatMap(({ id, title, roots }) => roots.map((root) => ({ frameId: id, title, ...root })))
  if (roots.length === 0) return <Empty>No extension draws anything.</Empty>
  return roots.map(({ frameId, title, rootId, kind, root }) => (
    <section key={`${frameId} ${rootId}`} aria-label={`${title}, ${kind ?? rootId}`}>
      <h3>
        {title} <span className="souk-dev-muted">{kind ?? 'dialog'}</span>
      </h3>
      <ul className="souk-dev-tree">
        {root.children.map((node) => (
          <Node key={node.id} node={node} depth={0} />
        ))}
      </ul>
    </section>
  ))
}

/** How deep a tree stands open at first. */
const OPEN_DEPTH = 3

const Node = ({ node, depth }: { readonly node: MirrorNode; readonly depth: number }) => {
  const { component, text, props, handlers, hidden, children } = node
  if (component === undefined)
    return (
      <li className="souk-dev-leaf">
        <q>{text}</q>
      </li>
    )
  const head = (
    <>
      <b>{isSlot(node) ? `slot ${String(props.name)}` : component}</b>
      {isSlot(node) ? null : <Props props={props} handlers={handlers} />}
      {hidden ? <i> hidden</i> : null}
    </>
  )
  return (
    <li className={children.length === 0 ? 'souk-dev-leaf' : undefined}>
      {children.length === 0 ? (
        head
      ) : (
        <details open={depth < OPEN_DEPTH}>
          <summary>{head}</summary>
          <ul>
            {children.map((child) => (
              <Node key={child.id} node={child} depth={depth + 1} />
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

const Props = ({ props, handlers }: Pick<MirrorNode, 'props' | 'handlers'>) => (
  <>
    {Object.entries(props).map(([name, value]) => (
      <span key={name} className="souk-dev-prop">
        {' '}
        {name}={shorten(JSON.stringify(value) ?? 'undefined')}
      </span>
    ))}
    {handlers.map((name) => (
      <span key={name} className="souk-dev-event">
        {' '}
        {name}
      </span>
    ))}
  </>
)

const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text)
