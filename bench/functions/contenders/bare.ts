import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { ORDER } from './bundle'

const CHILD = fileURLToPath(new URL('bare-child.mjs', import.meta.url))
const LOADER = fileURLToPath(new URL('bare-loader.mjs', import.meta.url))

const forEachLine = (stream: Readable, onLine: (line: string) => void): void => {
  let rest = ''
  stream.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
}

const startChild = (program: string, args: readonly string[]) => {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  // One that is killed breaks the pipe.
  child.stdin.on('error', () => {})
  const waiting: ((line: string) => void)[] = []
  forEachLine(child.stdout, (line) => waiting.shift()?.(line))
  return {
    child,
    stdin: child.stdin as Writable,
    nextLine: () => new Promise<string>((resolve) => waiting.push(resolve)),
  }
}

export interface BareChild {
  /** Sends the arguments of a call there and back, as JSON. */
  ping(): Promise<void>
  /** Puts the child into a busy loop, and ends it after so many milliseconds. Returns once it is gone. */
  spinAndKill(deadlineMs: number): Promise<void>
  close(): void
}

export const startBareChild = (): BareChild => {
  const { child, stdin, nextLine } = startChild(process.execPath, [CHILD])
  return {
    async ping() {
      const answered = nextLine()
      stdin.write(`${JSON.stringify([ORDER])}\n`)
      JSON.parse(await answered)
    },
    async spinAndKill(deadlineMs) {
      const exited = once(child, 'exit')
      stdin.write('spin\n')
      setTimeout(() => child.kill('SIGKILL'), deadlineMs)
      await exited
    },
    close: () => void child.kill('SIGKILL'),
  }
}

/** `deno run` of a file that has nothing in it, to its end. */
export const runEmptyFile = async (deno: string, file: string): Promise<void> => {
  const child: ChildProcess = spawn(deno, ['run', '--quiet', '--no-prompt', '--no-config', file], { stdio: 'ignore' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`Deno ended with ${code}.`)
}

/** A Deno process that is ready to evaluate a module. */
export const startLoader = async (deno: string) => {
  const { child, stdin, nextLine } = startChild(deno, ['run', '--quiet', '--no-prompt', '--no-config', LOADER])
  await nextLine()
  return {
    async load(source: string): Promise<void> {
      const loaded = nextLine()
      stdin.end(source)
      await loaded
    },
    close: () => void child.kill('SIGKILL'),
  }
}
