import { createHash } from 'node:crypto'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../../build'
import { bundleClient } from '../../build/bundle-client'
import { findAppFiles } from '../../build/find-app-files'
import { type PlaygroundBuild, type Script, toPlaygroundBuild } from './playground'

export interface DevBuilder {
  /** All of it, as for a development deployment, without the compiler: an editor has told of types already. */
  whole(): Promise<PlaygroundBuild>
  /** The client code alone, for a frame that runs. */
  client(): Promise<Script>
  dispose(): Promise<void>
}

export const createDevBuilder = async (
  folder: string,
  options: { readonly strictMode: boolean },
): Promise<DevBuilder> => {
  const cwd = await realpath(folder)
  const outDir = await mkdtemp(join(tmpdir(), 'souk-dev-'))
  const development = { development: true, ...options }
  return {
    whole: async () => toPlaygroundBuild(await build({ cwd, outDir, typeCheck: false, ...development })),
    async client() {
      const { chunk } = await bundleClient(cwd, findAppFiles(cwd).appFile, development)
      return { code: chunk.code, sha256: createHash('sha256').update(chunk.code).digest('hex') }
    },
    dispose: () => rm(outDir, { recursive: true, force: true }),
  }
}
