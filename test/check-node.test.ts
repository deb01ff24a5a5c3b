import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../scripts/check-node.mjs', import.meta.url))

const checkAs = (version: string) => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  return spawnSync('node', ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, script], {
    encoding: 'utf8',
  })
}

test.each(['16.20.2', '18.20.8', '20.18.3'])('Node %s is refused in one sentence that says what to do', (version) => {
  const { status, stderr, stdout } = checkAs(version)
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain(version)
  expect(stderr).toContain('Install a newer Node')
})

test.each(['20.19.0', '22.12.0', '24.1.0'])('Node %s is fine', (version) => {
  expect(checkAs(version)).toMatchObject({ status: 0, stderr: '' })
})
