import { Surface } from '@souk/host'
import { createPortal } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { readConfig } from '../contender'
import { createProvider } from '../provider'
import { startPage } from '../start-page'

const Provider = createProvider([readConfig().extension])
const root = createRoot(document.createElement('div'))

const render = (container: HTMLElement | null) =>
  root.render(
    <Provider>
      {container
        ? createPortal(<Surface name="record.widgets" context={{ recordType: 'row', recordId: '1' }} />, container)
        : null}
    </Provider>,
  )

/** The real path: the frame of the sandbox origin, its relay and worker, and the provider of a product. */
startPage({
  draw: (container) => render(container),
  erase: () => render(null),
  isTree: (data) => (data as { readonly type?: unknown } | null)?.type === 'render-component',
})
