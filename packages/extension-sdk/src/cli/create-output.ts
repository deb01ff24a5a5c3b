import { CommanderError } from 'commander'
import pc from 'picocolors'
import { SdkError } from '../sdk-error'

/** Where a command says what it did: sentences for people, or one JSON value for programs. */
export interface Output {
  /** Progress, on stderr. Silent with `--json`. */
  step(sentence: string): void
  /** What people read on stdout. Silent with `--json`. */
  text(line: string): void
  /** What programs read: printed with `--json` alone, once per command. */
  data(value: unknown): void
  /** As `data`, but on one line: for commands that go on and print many. */
  line(value: unknown): void
  failure(error: unknown): void
  /** What went wrong in a command that goes on, on stderr. Silent with `--json`, which has one value alone. */
  problem(error: unknown): void
  /** The command did its work, and what it found is not as it should be. */
  foundProblems(): void
  hasFoundProblems(): boolean
  /** Whether anything has been said yet. */
  hasSpoken(): boolean
}

const toReport = (error: unknown) => {
  if (error instanceof SdkError) {
    const { code, message, fields, retryAfterSeconds, traceId, checks } = error
    return { code, message, fields, retryAfterSeconds, traceId, checks }
  }
  if (error instanceof CommanderError)
    return { code: 'CLI_USAGE', message: `${error.message.replace(/^error: /, '')}. Run souk --help.` }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }
}

export const createOutput = ({ json }: { readonly json: boolean }): Output => {
  let problems = false
  let spoken = false
  const write = (stream: NodeJS.WriteStream, text: string) => {
    spoken = true
    stream.write(text)
  }
  return {
    hasSpoken: () => spoken,
    foundProblems() {
      problems = true
    },
    hasFoundProblems: () => problems,
    step: (sentence) => void (json || write(process.stderr, `${pc.dim(sentence)}\n`)),
    text: (line) => void (json || write(process.stdout, `${line}\n`)),
    data: (value) => void (json && write(process.stdout, `${JSON.stringify(value, null, 2)}\n`)),
    line: (value) => void (json && write(process.stdout, `${JSON.stringify(value)}\n`)),
    failure(error) {
      if (json) write(process.stdout, `${JSON.stringify({ error: toReport(error) }, null, 2)}\n`)
      else this.problem(error)
    },
    problem(error) {
      if (json) return
      const report = toReport(error)
      const lines = [`${pc.red(`✖ ${report.code}`)} ${report.message}`]
      if ('fields' in report) {
        for (const [field, message] of Object.entries(report.fields ?? {}))
          lines.push(`  ${pc.bold(field)}: ${message}`)
        for (const { severity, field, message, fix } of report.checks ?? [])
          lines.push(`  ${severity === 'error' ? pc.red('error') : pc.yellow('warning')} ${field}: ${message} ${fix}`)
        if (report.traceId) lines.push(pc.dim(`  trace ${report.traceId}`))
      }
      write(process.stderr, `${lines.join('\n')}\n`)
    },
  }
}
