import { SoukError } from '../souk-error'

export interface FrameAsset {
  readonly source: string
  /** Of the source, in hex. */
  readonly sha256: string
}

/** The scripts of ours that run in a frame. */
export interface FrameAssets {
  /** The relay in the frame document. */
  readonly boot: FrameAsset
  /** The runtime in the worker. */
  readonly worker: FrameAsset
  /** The runtime for development deployments: React's development build, StrictMode and Fast Refresh. Default: `worker`. */
  readonly workerDevelopment?: FrameAsset
  /** What the self-test runs in place of `boot`. Without it there is no self-test. */
  readonly probe?: FrameAsset
}

/** The scripts that were embedded when this package was built. */
export const loadFrameAssets = async (): Promise<FrameAssets> => {
  try {
    return (await import('./frame-assets.generated')).frameAssets
  } catch (cause) {
    throw new SoukError(
      'NOT_CONFIGURED',
      'The scripts of the extension frame are not embedded. Build @souk/extension-sdk, then run `node scripts/embed-frame.mjs` in @souk/server-adapter.',
      { cause },
    )
  }
}
