// Both have to come before react-dom, which looks for a DOM when it is loaded.
import '@remote-dom/core/polyfill'
import '@remote-dom/react/polyfill'
import { RemoteRootElement } from '@remote-dom/core/elements'
import { createRoot } from 'react-dom/client'
import { connectOver, RemoteApp } from './remote-dom-app'

addEventListener(
  'message',
  ({ ports: [port] }) => {
    if (!port) return
    customElements.define('remote-root', RemoteRootElement)
    const root = document.createElement('remote-root') as RemoteRootElement
    document.body.append(root)
    root.connect(connectOver(port))
    createRoot(root).render(<RemoteApp />)
  },
  { once: true },
)
