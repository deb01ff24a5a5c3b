import { RemoteMutationObserver } from '@remote-dom/core/elements'
import { createRoot } from 'react-dom/client'
import { connectOver, RemoteApp } from './remote-dom-app'

const { port1, port2 } = new MessageChannel()
const root = document.createElement('div')
document.body.append(root)
parent.postMessage('connect', '*', [port2])
new RemoteMutationObserver(connectOver(port1)).observe(root)
createRoot(root).render(<RemoteApp />)
