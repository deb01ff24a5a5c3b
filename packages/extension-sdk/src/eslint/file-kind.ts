/** Where a file's code runs. `other`: tests and configuration, which no extension ships. */
export type FileKind = 'client' | 'server' | 'other'

const SERVER = /\.(?:server|webhook|event|connection)\.[cm]?[jt]sx?$/
const OTHER = /(?:\.(?:test|spec|stories|config)|\.d)\.[cm]?[jt]sx?$/

export const fileKindOf = (path: string): FileKind => {
  if (OTHER.test(path)) return 'other'
  return SERVER.test(path) ? 'server' : 'client'
}
