import { spawn } from 'node:child_process'

export interface NodeRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunNodeOptions {
  readonly cwd: string
  /** Let it write to this process's own output instead of collecting it. */
  readonly inherit?: boolean
}

/** Runs a script with the Node that runs this. */
export const runNode = (args: readonly string[], { cwd, inherit = false }: RunNodeOptions): Promise<NodeRun> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }))
  })
