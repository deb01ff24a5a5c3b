import { Surface } from '@souk/host'
import { createRoot } from 'react-dom/client'
import { readConfig } from './contender'
import { createProvider } from './provider'

/** Records on the page. Each shows one surface of every installation. */
const RECORDS = 10

const { extensions } = readConfig()
const Provider = createProvider(extensions)
const root = createRoot(document.body.appendChild(document.createElement('main')))

const page = (records: readonly number[]) => (
  <Provider>
    {records.map((record) => (
      <section key={record}>
        <Surface name="record.widgets" context={{ recordType: 'row', recordId: String(record) }} />
      </section>
    ))}
  </Provider>
)

// A page full of surfaces: as many frames as there are installations, however many surfaces they draw.
Object.assign(window, {
  bench: {
    async draw() {
      const started = performance.now()
      root.render(page(Array.from({ length: RECORDS }, (_, index) => index)))
      while (document.querySelectorAll('table').length < RECORDS * extensions.length)
        await new Promise((resolve) => setTimeout(resolve, 2))
      return performance.now() - started
    },
    erase: async () => root.render(page([])),
  },
})
