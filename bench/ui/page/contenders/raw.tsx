import { createRoot } from 'react-dom/client'
import { createBenchApp } from '../../app/src/bench-app'
import { components } from '../components'
import { startPage } from '../start-page'

const BenchApp = createBenchApp(components)

let root: ReturnType<typeof createRoot> | undefined

/** The limit: the app in the page itself, with nothing between. */
startPage({
  draw(container) {
    root = createRoot(container)
    root.render(<BenchApp />)
  },
  erase: () => root?.unmount(),
  isTree: () => false,
})
