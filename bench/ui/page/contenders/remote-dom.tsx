import { createRemoteComponentRenderer, RemoteReceiver, RemoteRootRenderer } from '@remote-dom/react/host'
import { createRoot } from 'react-dom/client'
import { exchange, isReference } from '../../frames/rpc-functions'
import { components } from '../components'
import { readConfig } from '../contender'
import { openFrame } from '../frame-port'
import { startPage } from '../start-page'

// The types of the app's components are narrower than what the renderer may pass.
const renderer = (component: unknown) => createRemoteComponentRenderer(component as never)

const renderers = new Map([
  ['ui-button', renderer(components.Button)],
  ['ui-input', renderer(components.Input)],
  ['ui-stack', renderer(components.Stack)],
  ['ui-table', renderer(components.Table)],
  ['ui-table-body', renderer(components.TableBody)],
  ['ui-table-cell', renderer(components.TableCell)],
  ['ui-table-row', renderer(components.TableRow)],
  ['ui-text', renderer(components.Text)],
])

let end = () => {}

/** The peer, with its host for React: the same page for the app in a frame and for the app in a worker. */
startPage({
  draw(container) {
    const root = createRoot(container)
    const receiver = new RemoteReceiver()
    const close = openFrame(readConfig().frameUrl, (port) => {
      const revive = (value: unknown) =>
        isReference(value) ? (...args: readonly unknown[]) => port.postMessage({ id: value.$function, args }) : value
      port.onmessage = ({ data }) => receiver.connection.mutate(exchange(data.records, revive) as never)
    })
    root.render(<RemoteRootRenderer receiver={receiver} components={renderers} />)
    end = () => {
      close()
      root.unmount()
    }
  },
  erase: () => end(),
  isTree: () => true,
})
