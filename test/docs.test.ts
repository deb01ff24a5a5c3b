import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DEFAULT_LIMITS, ERROR_CODES } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'
import { createOutput } from '../packages/extension-sdk/src/cli/create-output'
import { createProgram } from '../packages/extension-sdk/src/cli/create-program'
import {
  FLOOD_SECONDS,
  FREEZE_SECONDS,
  FROZEN_MS,
  MAX_FREEZES,
  QUIET_MS,
} from '../packages/extension-sdk/src/runtime/create-brake'
import { DEFAULT_ROLLOUT_BUDGET, FAULT_CODES } from '../packages/server-adapter/src/services/rollout-budget'

const root = fileURLToPath(new URL('..', import.meta.url))

const errorsPage = () => {
  const rows = Object.entries(ERROR_CODES).map(([code, sentence]) => `| \`${code}\` | ${sentence} |`)
  return [
    '# Errors',
    '',
    'Every refusal, timeout and limit has a code. Codes are for programs and never change their meaning; the message beside one says what',
    'happened this time and what to do. This page is made from `protocol/error-codes.ts`.',
    '',
    '| code | meaning |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n')
}

const limitsPage = () => {
  const rows = Object.entries(DEFAULT_LIMITS).map(
    ([name, value]) => `| \`${name}\` | ${value.toLocaleString('en-US')} |`,
  )
  return [
    '# Limits',
    '',
    'What one extension may use of the bridge, by default. The relay in the frame checks them first and the host checks them again. A product',
    'sets others with `limits` of `SoukProvider`. This page is made from `protocol/limits.ts`.',
    '',
    '| limit | default |',
    '|---|---|',
    ...rows,
    '',
    '## Over a limit',
    '',
    `1. Messages over the rate wait for their turn, in order. Nothing is lost.`,
    '2. What is over a limit of its own (a batch, a string, a tree, a handler) is refused with a coded diagnostic; a tree that is too large is taken',
    '   down with a notice, the others of the extension stay.',
    `3. When more than ${FREEZE_SECONDS} seconds of the sustained rate wait, the extension is paused (\`EXTENSION_FROZEN\`): what it has drawn stays visible but`,
    `   inert, under a notice with a retry and a trace id. It goes on when it has sent nothing for ${QUIET_MS / 1000} seconds.`,
    `4. It is ended (\`RATE_LIMITED\`) when more than ${FLOOD_SECONDS} seconds wait, when it is not quiet within ${FROZEN_MS / 1000} seconds, or after ${MAX_FREEZES} pauses. So is one that does`,
    '   not answer its heartbeat for 10 to 15 seconds (`EXTENSION_UNRESPONSIVE`). The notice that is left has a retry and the trace id of the report.',
    '',
    '## Rollouts',
    '',
    'When a percentage rollout is halted and taken back on its own. A server sets others with `rolloutBudget` of `createSouk`. This table is made from',
    '`services/rollout-budget.ts`.',
    '',
    '| limit | default |',
    '|---|---|',
    ...Object.entries(DEFAULT_ROLLOUT_BUDGET).map(
      ([name, value]) => `| \`${name}\` | ${value.toLocaleString('en-US')} |`,
    ),
    '',
    'Counted are calls of server functions at the version within the window, and of them those that failed by its fault:',
    `${FAULT_CODES.map((code) => `\`${code}\``).join(', ')}.`,
    '',
    'The limits of a server function are in `docs/server-functions.md`.',
    '',
  ].join('\n')
}

type Command = ReturnType<typeof createProgram>

const describeCommand = (command: Command, parents: string): readonly string[] => {
  const name = `${parents} ${command.name()}`
  const args = command.registeredArguments.map((argument) => {
    const text = `${argument.name()}${argument.variadic ? '...' : ''}`
    return argument.required ? `<${text}>` : `[${text}]`
  })
  if (command.commands.length > 0)
    return [
      `## ${name}`,
      '',
      command.description(),
      '',
      ...command.commands.flatMap((sub) => describeCommand(sub, name)),
    ]
  const defaultOf = (value: unknown) => (typeof value === 'string' ? `; default: \`${value}\`` : '')
  const rows = [
    ...command.registeredArguments.map(
      (argument, index) => `| \`${args[index]}\` | ${argument.description}${defaultOf(argument.defaultValue)} |`,
    ),
    ...command.options.map(
      (option) => `| \`${option.flags}\` | ${option.description}${defaultOf(option.defaultValue)} |`,
    ),
  ]
  const line = ['npx', name, ...args].join(' ')
  return [`## ${name}`, '', command.description(), '', '```', line, '```', '', '| | |', '|---|---|', ...rows, '']
}

const cliPage = () => {
  const program = createProgram(createOutput({ json: false }))
  return [
    '# The souk command',
    '',
    'It comes with `@souk/extension-sdk`. In a folder without it: `npx --package @souk/extension-sdk souk init my-app`.',
    '',
    '- Every command has `--json`: then it prints one JSON value on stdout, `{ "error": { "code", "message" } }` when it failed, and nothing else.',
    '- It exits with 0, or with 1 when it failed or found something that has to be put right.',
    '- It works without a terminal. What talks to a marketplace reads its address from `SOUK_URL` and a key from `SOUK_API_KEY`.',
    '- Progress goes to stderr. A command that waits for more than a second says so.',
    '',
    'This page is made from the definitions of the commands.',
    '',
    ...program.commands.flatMap((command) => describeCommand(command, 'souk')),
    ...PLAYGROUND,
  ].join('\n')
}

const PLAYGROUND = [
  '## The playground of souk dev',
  '',
  'A product on your machine with your extension in it, and no account: the same server as in production with a storage in memory, the page on one port, the sandbox',
  'with the same policies on another. Every surface of the standard contract is shown with a context that you can edit; **Logs** has what the extension and its server functions',
  'wrote, **Bridge** every message between the extension and the product, **Marketplace** the screens of a product, its settings form among them.',
  '',
  '- A saved file is built and shown at once. Components whose hooks did not change keep their state, by React Refresh. When the manifest changed, the extension starts anew.',
  '- Types are left to your editor and to `souk check`.',
  '- Server functions run in Deno, as in production. The package `deno` has to be installed in the project; without it, everything else works, and a call says what to do.',
  '- Whatever an admin would be asked to grant is granted.',
  '- A surface or component that a product declares itself can only be seen in that product: `souk dev --remote --organization <id>`.',
  '',
  '`souk.dev.json`, if there is one, says what the product is like. `hosts` leads a host of `egress.server` to an address on this machine.',
  '',
  '```json',
  JSON.stringify(
    {
      context: { theme: 'dark', locale: 'de' },
      surfaces: { 'record.widgets': { recordType: 'order', recordId: 'O-1' } },
      settings: { organization: { greeting: 'Moin' } },
      hosts: { 'api.example.com': 'http://127.0.0.1:4000' },
    },
    null,
    2,
  ),
  '```',
  '',
]

// Run `npx vitest run --project node test/docs.test.ts -u` after a change of the codes, limits or commands.
test('docs/errors.md names every error code', async () => {
  await expect(errorsPage()).toMatchFileSnapshot('../docs/errors.md')
})

test('docs/limits.md names every limit', async () => {
  await expect(limitsPage()).toMatchFileSnapshot('../docs/limits.md')
})

test('docs/cli.md names every command with its options, and every command has --json', async () => {
  await expect(cliPage()).toMatchFileSnapshot('../docs/cli.md')
  const leaves = (command: Command): readonly Command[] =>
    command.commands.length > 0 ? command.commands.flatMap(leaves) : [command]
  const lacking = leaves(createProgram(createOutput({ json: false }))).filter(
    ({ options }) => !options.some(({ long }) => long === '--json'),
  )
  expect(lacking.map((command) => command.name())).toEqual([])
})

const markdownFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.')) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return markdownFiles(path)
    return entry.name.endsWith('.md') ? [path] : []
  })

test('every relative link of the documentation leads to a file', () => {
  const files = [
    ...markdownFiles(join(root, 'docs')),
    ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'].map((name) => join(root, name)),
  ]
  const broken = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
      .map(([, target]) => join(dirname(file), target ?? ''))
      .filter((target) => {
        try {
          readdirSync(dirname(target))
          return !readdirSync(dirname(target)).includes(target.slice(dirname(target).length + 1).replace(/\/$/, ''))
        } catch {
          return true
        }
      })
      .map((target) => `${relative(root, file)} -> ${relative(root, target)}`),
  )
  expect(broken).toEqual([])
})
