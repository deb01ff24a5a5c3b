import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Connection, connectFrame } from '../src/frame/connect'
import type { HostError } from '../src/host-error'
import { testExtension } from '../src/testing/fake-extension'

/** Another origin on the same server: browsers resolve every name under localhost to this machine. */
const frameUrl = (action: string, host = 'inst1.localhost') =>
  `http://${host}:${location.port}/packages/host/test/cage/frame.html?do=${action}`

const connections: Connection[] = []

afterEach(() => {
  for (const connection of connections.splice(0)) connection.dispose()
})

const mount = (url: string, isolation: 'origin' | 'opaque' = 'origin') => {
  const onConnect = vi.fn()
  const onEnd = vi.fn<(error: HostError) => void>()
  const report = vi.fn()
  const connection = connectFrame({ extension: testExtension({ frameUrl: url, isolation }), onConnect, onEnd, report })
  connections.push(connection)
  return { onConnect, onEnd, report, connection }
}

/** Waits until the frame has posted everything it wanted to. */
const settled = () =>
  new Promise<void>((resolve) => {
    const listen = (event: MessageEvent) => {
      if (event.data !== 'done') return
      removeEventListener('message', listen)
      resolve()
    }
    addEventListener('message', listen)
  })

const frames = () => [...document.querySelectorAll('iframe')]

describe('a frame on the wrong origin is never mounted', () => {
  test.each([
    ["the page's own", () => `${location.origin}/frame`, 'FRAME_SAME_ORIGIN'],
    ["the page's own, said relatively", () => '/frame', 'FRAME_ORIGIN_INVALID'],
    ['an origin that installations share', () => 'http://sandbox.localhost/frame/inst1', 'FRAME_ORIGIN_INVALID'],
    ['a script', () => 'javascript:parent.alert(1)//inst1', 'FRAME_ORIGIN_INVALID'],
    ['a data URL', () => 'data:text/html,inst1', 'FRAME_ORIGIN_INVALID'],
    ['a URL with a password', () => 'http://a:b@inst1.localhost/', 'FRAME_ORIGIN_INVALID'],
  ])('%s', (_name, url, code) => {
    const before = frames().length
    expect(() => mount(url())).toThrow(expect.objectContaining({ code }))
    expect(frames()).toHaveLength(before)
  })

  test("not the page's own in opaque mode either", () => {
    expect(() => mount(`${location.origin}/frame`, 'opaque')).toThrow(
      expect.objectContaining({ code: 'FRAME_SAME_ORIGIN' }),
    )
  })
})

describe('the handshake', () => {
  test.each(['origin', 'opaque'] as const)('connects once, in %s mode', async (isolation) => {
    const done = settled()
    const { onConnect, onEnd } = mount(frameUrl('connect'), isolation)
    await done
    expect(onConnect).toHaveBeenCalledOnce()
    expect(onConnect.mock.calls[0]?.[0]).toBeInstanceOf(MessagePort)
    expect(onEnd).not.toHaveBeenCalled()
  })

  test.each(['wrong-nonce', 'no-nonce', 'other-installation', 'other-app', 'no-port', 'two-ports'])(
    'does not connect a frame with %s',
    async (action) => {
      const done = settled()
      const { onConnect, report } = mount(frameUrl(action))
      await done
      expect(onConnect).not.toHaveBeenCalled()
      expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'INVALID_MESSAGE' }))
    },
  )

  test('does not listen to another window that knows nothing', async () => {
    const done = settled()
    const { onConnect } = mount(frameUrl('nothing'))
    await done
    postMessage({ v: 1, source: 'souk-extension', type: 'connect', appId: 'app-orders', appInstallationId: 'inst1' })
    const other = settled()
    postMessage('done')
    await other
    expect(onConnect).not.toHaveBeenCalled()
  })

  test('takes the first port only', async () => {
    const done = settled()
    const { onConnect, report } = mount(frameUrl('twice'))
    await done
    expect(onConnect).toHaveBeenCalledOnce()
    expect(report).toHaveBeenCalledWith(expect.objectContaining({ code: 'INVALID_MESSAGE' }))
  })

  test('refuses a protocol it does not know', async () => {
    const { onEnd, onConnect } = mount(frameUrl('future-version'))
    await expect.poll(() => onEnd).toHaveBeenCalled()
    expect(onEnd.mock.calls[0]?.[0].code).toBe('PROTOCOL_VERSION_UNSUPPORTED')
    expect(onConnect).not.toHaveBeenCalled()
  })

  test('removes a frame that loads a second document', async () => {
    const { onEnd } = mount(frameUrl('navigate'))
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalled(), { timeout: 10_000 })
    expect(onEnd.mock.calls[0]?.[0].code).toBe('FRAME_NAVIGATED')
    expect(frames().filter((frame) => frame.src.includes('navigate'))).toHaveLength(0)
  })
})

describe('the cage', () => {
  test.each([
    ['origin', 'allow-scripts allow-same-origin'],
    ['opaque', 'allow-scripts'],
  ] as const)('in %s mode the sandbox is exactly "%s" and the attacks fail', async (isolation, sandbox) => {
    const { onConnect } = mount(frameUrl('attack'), isolation)
    await expect.poll(() => onConnect).toHaveBeenCalled()
    const frame = frames().find(({ src }) => src.includes('attack'))
    expect(frame?.getAttribute('sandbox')).toBe(sandbox)
    expect(frame?.getAttribute('allow')).toBe('')
    expect(frame?.referrerPolicy).toBe('no-referrer')
    expect(frame?.getBoundingClientRect()).toMatchObject({ width: 0, height: 0 })
    expect(frame && getComputedStyle(frame).display).not.toBe('none')
    const port = onConnect.mock.calls[0]?.[0] as MessagePort
    const result = await new Promise((resolve) => {
      port.onmessage = ({ data }) => resolve(data)
    })
    expect(result).toEqual({
      'read the page': 'refused',
      'read its storage': 'refused',
      'leave the sandbox': 'refused',
      'navigate the page': 'refused',
      'open a window': 'refused',
      'ask a question': 'refused',
      origin: isolation === 'opaque' ? 'null' : `http://inst1.localhost:${location.port}`,
    })
  })

  test('a disposed frame is gone and hears nothing more', async () => {
    const { connection, onConnect } = mount(frameUrl('nothing'))
    connection.dispose()
    expect(frames().filter((frame) => frame.src.includes('nothing'))).toHaveLength(0)
    expect(onConnect).not.toHaveBeenCalled()
  })
})
