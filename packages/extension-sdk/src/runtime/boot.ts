import { type ConnectMessage, envelopeOf } from '../protocol/messages'
import { isRefusal } from '../protocol/parse'
import { CAPABILITIES, SUPPORTED_PROTOCOL_VERSIONS } from '../protocol/version'
import { createRelay } from './create-relay'
import { createWorker } from './create-worker'
import { loadScript } from './load-script'
import { type Frame, readFrame } from './read-frame'

/** Takes the nonce out of the address, so that nothing that runs later can read it. */
const takeFragment = (): string => {
  const { hash, pathname, search } = location
  history.replaceState(null, '', pathname + search)
  return hash
}

/** Offers the product one end of a port. Its exact origin is the target, so nobody else can receive it. */
const connect = ({ nonce, hostOrigin, ...identity }: Frame): MessagePort => {
  const { port1, port2 } = new MessageChannel()
  const message: ConnectMessage = {
    ...envelopeOf('souk-extension', identity),
    type: 'connect',
    nonce,
    versions: SUPPORTED_PROTOCOL_VERSIONS,
    capabilities: CAPABILITIES,
  }
  parent.postMessage(message, hostOrigin, [port2])
  return port1
}

const boot = async () => {
  const frame = readFrame(document.documentElement.dataset, takeFragment())
  // Without a product there is nobody to tell but the developer who opened the address.
  if (isRefusal(frame)) return console.error(`Souk: ${frame.refused}`)
  const port = connect(frame)
  const scripts = await Promise.all([loadScript(frame.runtime), loadScript(frame.bundle)])
  const loaded = scripts.filter((script) => script instanceof ArrayBuffer)
  const failure = scripts.find((script) => !(script instanceof ArrayBuffer))
  if (failure) {
    port.postMessage({ ...envelopeOf('souk-extension', frame), kind: 'notice', type: 'stopped', payload: failure })
    return
  }
  createRelay({ worker: createWorker(loaded, frame), port, identity: frame })
}

void boot()
