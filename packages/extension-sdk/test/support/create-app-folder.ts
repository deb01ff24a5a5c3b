import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

export type Files = Readonly<Record<string, string>>

const BASE: Files = {
  'package.json': JSON.stringify({ name: 'fixture', version: '1.2.3', type: 'module' }),
  'souk.config.ts': `
    import { defineConfig } from '@souk/extension-sdk'
    export default defineConfig({ id: 'fixture', listing: { title: 'Fixture', description: 'For tests.' } })
  `,
  'src/app.tsx': `
    import type { App } from '@souk/extension-sdk'
    export const app: App = {}
  `,
}

/** An extension in a folder of its own, which goes when the test ends. A file given replaces the one of the base. */
export const createAppFolder = async (files: Files): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-app-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries({ ...BASE, ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}
