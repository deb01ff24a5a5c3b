import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DEFAULT_LIMITS, ERROR_CODES } from '@souk/extension-sdk/protocol'
import { expect, test } from 'vitest'

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
    'What one extension may use of the bridge, by default. The relay in the frame checks them first and the host checks them again; over a',
    'limit the extension gets a coded diagnostic, then its root is taken down with a notice. This page is made from `protocol/limits.ts`.',
    '',
    '| limit | default |',
    '|---|---|',
    ...rows,
    '',
    'The limits of a server function are in `docs/server-functions.md`.',
    '',
  ].join('\n')
}

// Run `npx vitest run --project node test/docs.test.ts -u` after a change of the codes or limits.
test('docs/errors.md names every error code', async () => {
  await expect(errorsPage()).toMatchFileSnapshot('../docs/errors.md')
})

test('docs/limits.md names every limit', async () => {
  await expect(limitsPage()).toMatchFileSnapshot('../docs/limits.md')
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
