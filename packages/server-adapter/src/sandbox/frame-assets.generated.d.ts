import type { FrameAssets } from './frame-assets'

// Stands in for the file that `scripts/embed-frame.mjs` writes, so that types can be checked before anything is built.
export declare const frameAssets: FrameAssets
