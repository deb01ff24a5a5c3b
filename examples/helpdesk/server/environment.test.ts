import { expect, test } from 'vitest'
import { parseEnvironment } from './environment'
import { StartupError } from './startup-error'

test.each([
  [{ PORT: 'http' }, /PORT must be a port number/],
  [{ PORT: '70000' }, /PORT must be a port number/],
  [{ PORT: '-1' }, /PORT must be a port number/],
  [{ SANDBOX_PORT: '44 00' }, /SANDBOX_PORT must be a port number/],
  [{ PORT: '4400', SANDBOX_PORT: '4400' }, /both 4400/],
  [{ DATABASE_URL: 'mysql://root@localhost' }, /DATABASE_URL must start with postgres/],
  [{ SOUK_ISOLATION: 'none' }, /SOUK_ISOLATION must be origin or opaque/],
  [{ DEVELOPMENT_HOSTS: 'api.example.com' }, /DEVELOPMENT_HOSTS must be hosts with origins of this machine/],
  [{ DEVELOPMENT_HOSTS: 'api.example.com=https://evil.example' }, /DEVELOPMENT_HOSTS must be hosts/],
  [null, /expected object/i],
])('refuses %j with one sentence', (env, sentence) => {
  expect(() => parseEnvironment(env)).toThrow(StartupError)
  expect(() => parseEnvironment(env)).toThrow(sentence)
})

test('takes the defaults when nothing is set, and treats an empty variable as absent', () => {
  const expected = { port: 4400, sandboxPort: 4401, ordersPort: 0, databaseUrl: undefined, isolation: 'origin' }
  expect(parseEnvironment({})).toMatchObject(expected)
  expect(parseEnvironment({ PORT: '', DATABASE_URL: '' })).toMatchObject(expected)
})

test('puts the sandbox on the port after the product, and on any port when the product takes any', () => {
  expect(parseEnvironment({ PORT: '5000' }).sandboxPort).toBe(5001)
  expect(parseEnvironment({ PORT: '0' }).sandboxPort).toBe(0)
})

test('takes stand-ins for outside services on this machine', () => {
  expect(parseEnvironment({}).developmentHosts).toEqual({})
  const text = 'a.example=http://localhost:5000, b.example=http://127.0.0.1:5001'
  expect(parseEnvironment({ DEVELOPMENT_HOSTS: text }).developmentHosts).toEqual({
    'a.example': 'http://localhost:5000',
    'b.example': 'http://127.0.0.1:5001',
  })
})
