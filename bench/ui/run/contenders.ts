export interface ContenderBuild {
  readonly name: string
  /** Which React the page and the frame get: the repository's, or the one that remote-dom supports. */
  readonly react: 18 | 19
  /** Its file in `page`. */
  readonly page: string
  /** The script of the frame in `frames`; Souk's own sandbox brings its own. */
  readonly frame?: string
  /** The script in `frames` that the frame starts in a worker. */
  readonly worker?: string
}

export const CONTENDERS: readonly ContenderBuild[] = [
  { name: 'souk', react: 19, page: 'contenders/souk.tsx' },
  { name: 'raw', react: 19, page: 'contenders/raw.tsx' },
  { name: 'remote-dom', react: 18, page: 'contenders/remote-dom.tsx', frame: 'remote-dom.tsx' },
  {
    name: 'remote-dom-worker',
    react: 18,
    page: 'contenders/remote-dom.tsx',
    frame: 'start-worker.ts',
    worker: 'remote-dom-worker.tsx',
  },
  { name: 'naive', react: 19, page: 'contenders/naive.tsx', frame: 'naive.tsx' },
]

/** Not a contender: the limit that mounting is measured against. */
export const BARE: ContenderBuild = { name: 'bare', react: 19, page: 'bare-frame.ts', frame: 'bare.ts' }

/** Not a contender either: a page with a hundred surfaces of ten installations. */
export const MANY: ContenderBuild = { name: 'many', react: 19, page: 'many-surfaces.tsx' }
