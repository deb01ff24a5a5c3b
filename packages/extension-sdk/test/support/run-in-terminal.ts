import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { MAIN, TSX } from './run-souk'

export interface TerminalRun {
  readonly exitCode: number | null
  /** What the terminal showed, without its colours. */
  readonly screen: string
}

const quote = (word: string) => `'${word.replaceAll("'", "'\\''")}'`

/** Runs `souk` in a terminal of its own, which `script` of the operating system brings. `typed` is typed once it is asked. */
export const runInTerminal = (
  cwd: string,
  args: readonly string[],
  { env = {}, typed = '' }: { readonly env?: Readonly<Record<string, string>>; readonly typed?: string } = {},
): Promise<TerminalRun> =>
  new Promise((resolve, reject) => {
    const words = [process.execPath, '--import', TSX, MAIN, ...args]
    const command =
      process.platform === 'darwin' ? ['-q', '/dev/null', ...words] : ['-qec', words.map(quote).join(' '), '/dev/null']
    const child = spawn('script', command, {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: cwd, TERM: 'xterm', ...env },
    })
    let screen = ''
    let hasTyped = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text
      if (!typed || hasTyped || !screen.includes('?')) return
      hasTyped = true
      child.stdin.write(typed)
    })
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, screen: stripVTControlCharacters(screen) }))
  })
