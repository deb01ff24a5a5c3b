import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createAppFolder } from './support/create-app-folder'
import { runSouk } from './support/run-souk'

const clock = (props: string) => `
  import { defineContract, standardContract } from '@souk/extension-sdk/protocol'
  export const contract = defineContract({
    components: {
      ...standardContract.components,
      SlaClock: { description: 'Counts down.', props: { ${props} }, events: {}, children: false, slots: [] },
    },
    surfaces: standardContract.surfaces,
  })
`

test('a product’s own component becomes a typed one for extension developers', async () => {
  const folder = await createAppFolder({ 'contract.ts': clock("at: { type: 'string' }") })
  const run = await runSouk(folder, ['contract', 'generate', 'contract.ts', '--out', 'src/own.ts'])
  expect(run.exitCode, run.stderr).toBe(0)
  expect(run.stdout).toContain('SlaClock')
  const code = await readFile(join(folder, 'src/own.ts'), 'utf8')
  expect(code).toContain("export const SlaClock = createComponent('SlaClock'")
  expect(code).not.toContain("createComponent('Button'")
})

test('a change that breaks extensions fails, in words and in JSON', async () => {
  const folder = await createAppFolder({
    'before.ts': clock("at: { type: 'string', optional: true }"),
    'after.ts': clock("at: { type: 'string' }, tone: { type: 'string', optional: true }"),
  })
  const text = await runSouk(folder, ['contract', 'diff', 'before.ts', 'after.ts'])
  expect(text.exitCode).toBe(1)
  expect(text.stdout).toMatch(/breaking .*SlaClock\.at.*\n.*compatible .*SlaClock\.tone/)
  const json = await runSouk(folder, ['contract', 'diff', 'before.ts', 'after.ts', '--json'])
  expect(json.exitCode).toBe(1)
  expect(json.json()).toMatchObject({ breaking: 1, changes: [{ path: 'SlaClock.at' }, { path: 'SlaClock.tone' }] })
  const back = await runSouk(folder, ['contract', 'diff', 'before.ts', 'before.ts'])
  expect(back).toMatchObject({ exitCode: 0, stdout: 'Nothing changed.\n' })
})

test.each([
  ['a file that is not there', 'nowhere.json'],
  ['a file that is no contract', 'package.json'],
  ['a module without a contract', 'empty.ts'],
])('%s is refused', async (_, file) => {
  const folder = await createAppFolder({ 'empty.ts': 'export const other = 1' })
  const { exitCode, stderr, stdout } = await runSouk(folder, ['contract', 'generate', file])
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
  expect(stderr).toContain('CONTRACT_INVALID')
})
