import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { encodeValue } from '@souk/extension-sdk/protocol'
import { toNodeListener } from '@souk/server-adapter/node'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { runInTerminal } from '../packages/extension-sdk/test/support/run-in-terminal'
import { MAIN, runSouk, TSX } from '../packages/extension-sdk/test/support/run-souk'
import { createInstalledWorld } from '../packages/server-adapter/test/support/create-world'

const FIND = 'src/orders.server.ts#findOrders'

/** A marketplace that listens, with an installed app whose function can be called. */
const startMarketplace = async () => {
  const world = await createInstalledWorld()
  let isDown = false
  const answer = (request: Request): Response | Promise<Response> =>
    isDown ? new Response('Bad gateway', { status: 502 }) : world.souk.fetch(request)
  const server = createServer(toNodeListener({ fetch: async (request) => answer(request) }))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await world.storage.close()
  })
  const { port } = server.address() as AddressInfo
  const env = { SOUK_URL: `http://127.0.0.1:${port}/api/souk`, SOUK_API_KEY: world.key }
  const call = (argument: string) => {
    const encoded = encodeValue([argument])
    if (!('text' in encoded)) throw new Error(encoded.refused)
    return world.call('ada', world.installation.id, encoded.text)
  }
  const goDown = (down: boolean) => {
    isDown = down
  }
  return { world, env, call, goDown }
}

/** `souk logs --follow`, which goes on until it is ended. */
const startFollowing = (env: Readonly<Record<string, string>>, args: readonly string[] = []) => {
  const child = spawn(process.execPath, ['--import', TSX, MAIN, 'logs', '--app', 'order-lookup', '--follow', ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const out = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    out.stderr += text
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return { child, out, ended }
}

const SOON = { timeout: 60_000, interval: 50 }

describe('souk logs', () => {
  test('shows the last calls, what they logged and why they failed, and no user', async () => {
    const { world, env, call } = await startMarketplace()
    await call('a\u001b]0;owned\u0007b\u001b[2Jc\rd\u009be')
    world.functions[FIND] = () => {
      throw Object.assign(new Error('There is none.'), { code: 'NOT_FOUND' })
    }
    await call('second')

    const { exitCode, stdout, stderr } = await runSouk(tmpdir(), ['logs', '--app', 'order-lookup'], env)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^20\S+Z src\/orders\.server\.ts#findOrders ok 3 ms, organization org-a, trace \S+$/),
      expect.stringContaining('  info: ran '),
      expect.stringMatching(/#findOrders NOT_FOUND 1 ms/),
      '  error: failed: There is none.',
      '',
    ])
    expect(stdout).not.toContain('ada')
    // What was logged may come from anywhere, and must not steer the terminal.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about.
    expect(stdout).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/)

    const failed = await runSouk(tmpdir(), ['logs', '--app', 'order-lookup', '--outcome', 'error', '--json'], env)
    expect(failed.json()).toMatchObject({ app: 'order-lookup', calls: [{ errorCode: 'NOT_FOUND' }] })
    const shown = await runInTerminal(tmpdir(), ['logs', '--app', 'order-lookup', '--limit', '1'], { env })
    expect(shown).toMatchObject({ exitCode: 0, screen: expect.stringContaining('NOT_FOUND') })
    expect(shown.screen).not.toContain('ran a')
  })

  test.each([
    [['--app', 'another'], 'NOT_FOUND'],
    [['--app', 'order-lookup', '--limit', '0'], 'CLI_USAGE'],
    [['--app', 'another', '--follow'], 'NOT_FOUND'],
  ])('%j is refused with %s', async (args, code) => {
    const { env } = await startMarketplace()
    const { exitCode, json } = await runSouk(tmpdir(), ['logs', ...args, '--json'], env)
    expect({ exitCode, answer: json() }).toMatchObject({ exitCode: 1, answer: { error: { code } } })
  })
})

describe('souk logs --follow', () => {
  test('prints each new call once on a line of its own, over a time without a server, until Ctrl-C', async () => {
    const { env, call, goDown } = await startMarketplace()
    await call('old')
    await call('older than the rest')
    const { child, out, ended } = startFollowing(env, ['--limit', '1', '--json'])
    const logged = () =>
      out.stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).logs[0].message)
    await vi.waitFor(() => expect(logged()).toEqual(['ran older than the rest']), SOON)
    await call('one')
    await vi.waitFor(() => expect(logged()).toHaveLength(2), SOON)
    goDown(true)
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    await call('two')
    goDown(false)
    await vi.waitFor(() => expect(logged()).toEqual(['ran older than the rest', 'ran one', 'ran two']), SOON)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(logged()).toHaveLength(3)
    expect(out.stderr).toBe('')
  })

  test('says once that the server cannot be reached, and goes on for people', async () => {
    const { env, call, goDown } = await startMarketplace()
    await call('before')
    const { child, out, ended } = startFollowing(env, ['--function', FIND])
    await vi.waitFor(() => expect(out.stdout).toContain('info: ran before'), SOON)
    goDown(true)
    await vi.waitFor(() => expect(out.stderr).toContain('API_RESPONSE_INVALID'), SOON)
    goDown(false)
    await call('after')
    await vi.waitFor(() => expect(out.stdout).toContain('info: ran after'), SOON)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(out.stderr.match(/✖/g)).toHaveLength(1)
  })

  test('ends when its key is revoked', async () => {
    const { world, env, call } = await startMarketplace()
    await call('before')
    const { out, ended } = startFollowing(env)
    await vi.waitFor(() => expect(out.stdout).toContain('ran before'), SOON)
    const keys = `/developer/accounts/${world.account.id}/api-keys`
    const { items } = await world.must(200, 'dev', `GET ${keys}`)
    for (const { id } of items) await world.must(200, 'dev', `DELETE ${keys}/${id}`)
    expect(await ended).toBe(1)
    expect(out.stderr).toContain('UNAUTHENTICATED')
  })
})
