import { createHash } from 'node:crypto'
import type { FrameAsset, FrameAssets } from '@souk/server-adapter/sandbox'
import { buildFrameScript, type Patch } from './world/build-page'

export const toAsset = (source: string): FrameAsset => ({
  source,
  sha256: createHash('sha256').update(source).digest('hex'),
})

/** The removal of dangerous globals is a convenience: the wall has to stand without it. */
const KEEP_GLOBALS: Patch = {
  file: 'packages/extension-sdk/src/runtime/remove-dangerous-globals.ts',
  from: '(realm: object): void => {',
  to: '(realm: object): void => { if (realm) return;',
}

export const buildUnfiltered = async (bootPatches: readonly Patch[] = []): Promise<FrameAssets> => ({
  boot: toAsset(await buildFrameScript('boot', bootPatches)),
  worker: toAsset(await buildFrameScript('worker', [KEEP_GLOBALS])),
})

export const buildWeakRelay = async (bootPatches: readonly Patch[]): Promise<FrameAssets> => ({
  boot: toAsset(await buildFrameScript('boot', bootPatches)),
  worker: toAsset(await buildFrameScript('worker', [])),
})
