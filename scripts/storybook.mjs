/** Runs Storybook's command line without telemetry. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../node_modules/.bin/storybook', import.meta.url))
const child = spawn(bin, process.argv.slice(2), {
  stdio: 'inherit',
  env: { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1' },
  shell: process.platform === 'win32',
})
child.on('exit', (code) => process.exit(code ?? 1))
