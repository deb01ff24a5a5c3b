export interface ContenderBuild {
  readonly name: ContenderName
  /** Which React the page and the frame get: the repository's, or the one that remote-dom supports. */
  readonly react: 18 | 19
  /** The script of the frame; Souk's own sandbox brings its own. */
  readonly frame?: string
  /** The script that the frame starts in a worker. */
  readonly worker?: string
  /** Short for the command line, when the files are named otherwise. */
  readonly page?: string
}

export const CONTENDER_NAMES = ['souk', 'raw', 'remote-dom', 'remote-dom-worker', 'naive'] as const
export type ContenderName = (typeof CONTENDER_NAMES)[number]

export const CONTENDERS: readonly ContenderBuild[] = [
  { name: 'souk', react: 19 },
  { name: 'raw', react: 19 },
  { name: 'naive', react: 19, frame: 'naive.tsx' },
]
