import type { HostContext } from '@souk/extension-sdk/protocol'
import { createDevtools } from '@souk/host/devtools'
import { createRoot } from 'react-dom/client'
import type { Fixtures, PlaygroundEvent } from '../../../extension-sdk/src/cli/dev/playground'
import { createLog } from './create-log'
import { createSession } from './create-session'
import { Playground } from './playground'
import '@souk/host/styles.css'
import '@souk/host/devtools.css'
import './page.css'

interface State {
  readonly fixtures: Fixtures
  readonly functionsProblem: string | null
}

const log = createLog()
const session = createSession()
const devtools = createDevtools({
  connect: session.connect,
  onDiagnostic: ({ code, message }) => log.add('host', 'warn', `${code}: ${message}`),
})
devtools.onMessage(log.addFromBridge)

const handle = (event: PlaygroundEvent) => {
  switch (event.type) {
    case 'hot-update':
      return session.hotUpdate(event.sha256)
    case 'deployed':
      return session.deployed(event, event.restart)
    case 'build-failed':
      return log.add('build', 'error', event.message)
    case 'built':
      return log.add('build', 'info', 'Built.')
    case 'function':
      return log.addFunction(event)
  }
}

// Our own server wrote it.
const readState = async (): Promise<State> => (await (await fetch('/playground/state')).json()) as State

const events = new EventSource('/playground/events')
events.addEventListener('message', ({ data }) => handle(JSON.parse(data) as PlaygroundEvent))
let wasLost = false
events.addEventListener('error', () => {
  wasLost = true
})
events.addEventListener('open', () => {
  // Another souk dev, with other installations.
  if (wasLost) location.reload()
})

const { fixtures, functionsProblem } = await readState()
if (functionsProblem) log.add('host', 'warn', functionsProblem)

const context: HostContext = {
  theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  locale: 'en',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  user: { id: 'developer', name: 'You' },
  organization: { id: 'playground', name: 'Playground' },
  ...fixtures.context,
}

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <Playground session={session} devtools={devtools} log={log} context={context} contexts={fixtures.surfaces ?? {}} />,
  )
