import { describe, expect, test } from 'vitest'
import { captureConsole } from './capture-console'
import { formatLog } from './format-log'
import { removeDangerousGlobals } from './remove-dangerous-globals'

describe('removeDangerousGlobals', () => {
  test('removes what is on the scope, on its prototypes, and what cannot be deleted', () => {
    class Scope {
      importScripts() {}
    }
    const navigator = Object.create({ serviceWorker: {} })
    const scope = Object.assign(new Scope(), { fetch: () => {}, WebSocket: class {}, navigator, setTimeout: () => {} })
    Object.defineProperty(scope, 'indexedDB', { value: {}, configurable: false, writable: true })
    removeDangerousGlobals(scope)
    const left = ['importScripts', 'fetch', 'WebSocket', 'indexedDB'].filter(
      (name) => Reflect.get(scope, name) !== undefined,
    )
    expect(left).toEqual([])
    expect(scope.navigator.serviceWorker).toBeUndefined()
    expect(scope.setTimeout).toBeTypeOf('function')
  })

  test('goes on when the browser insists on keeping something', () => {
    const scope = Object.freeze({ fetch: 1 })
    expect(() => removeDangerousGlobals(scope)).not.toThrow()
  })
})

describe('formatLog', () => {
  const cycle: Record<string, unknown> = {}
  cycle.self = cycle

  test.each([
    [['a', 1, null, undefined], 'a 1 null undefined'],
    [[{ a: 1n }], '{"a":"1n"}'],
    [[cycle], '[object Object]'],
    [[Symbol('x')], 'Symbol(x)'],
    [['x'.repeat(3_000)], `${'x'.repeat(2_000)}…`],
  ])('%#: writes %o', (values, text) => {
    expect(formatLog(values)).toBe(text)
  })
})

describe('captureConsole', () => {
  test('reports what is logged, still prints it, and gives the console back', () => {
    const printed: unknown[] = []
    const print = (...values: unknown[]) => void printed.push(values)
    const target = { debug: print, log: print, info: print, warn: print, error: print } as unknown as Console
    const reported: unknown[] = []
    const release = captureConsole(target, (log) => reported.push(log))
    target.log('a', 1)
    target.error('b')
    release()
    target.warn('c')
    expect(reported).toEqual([
      { level: 'info', message: 'a 1' },
      { level: 'error', message: 'b' },
    ])
    expect(printed).toEqual([['a', 1], ['b'], ['c']])
  })

  test('does not use up the allowance of messages', () => {
    const target = { debug() {}, log() {}, info() {}, warn() {}, error() {} } as unknown as Console
    const reported: unknown[] = []
    captureConsole(target, (log) => reported.push(log))
    for (let index = 0; index < 1_000; index++) target.log(index)
    expect(reported.length).toBeLessThanOrEqual(60)
  })
})
