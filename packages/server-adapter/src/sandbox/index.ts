export * from './create-sandbox'
export type { FrameAsset, FrameAssets } from './frame-assets'
export type { SandboxOptions } from './sandbox-origin'
