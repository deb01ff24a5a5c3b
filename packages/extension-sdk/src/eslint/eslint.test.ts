import * as parser from '@typescript-eslint/parser'
import { type Rule, RuleTester } from 'eslint'
import { afterAll, describe, expect, it, test } from 'vitest'
import plugin from '.'
import { noDom } from './no-dom'
import { noReactDom } from './no-react-dom'
import { noSecrets } from './no-secrets'
import { noServerImport } from './no-server-import'

// The tester registers its cases with the functions of a test runner.
Object.assign(RuleTester, { afterAll, describe, it })

const tester = new RuleTester({ languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } } })
const run = (name: string, rule: Rule.RuleModule, tests: Parameters<RuleTester['run']>[2]) =>
  tester.run(name, rule, tests)

const client = (code: string) => ({ code, filename: 'src/app.tsx' })
const server = (code: string) => ({ code, filename: 'src/orders.server.ts' })
const testFile = (code: string) => ({ code, filename: 'src/app.test.tsx' })
const bad = (code: string, ...messages: readonly RegExp[]) => ({
  ...client(code),
  errors: messages.map((message) => ({ message })),
})

run('no-dom', noDom, {
  valid: [
    client('const document = useDocument(); document.title'),
    client('const read = (window: number) => window + 1'),
    client('import { alert } from "@souk/extension-sdk/client"; alert({ title: "Hello" })'),
    client('setTimeout(() => console.log(new URL("https://a.example")), 5)'),
    client('const a = { document: 1, fetch: 2 }; a.document; a.fetch'),
    client('const isPage = typeof document !== "undefined"'),
    client('type D = typeof document; let d: Document'),
    client('const a = <Stack><Text>div</Text></Stack>'),
    client('const self = { fetch: 1 }; self.fetch'),
    server('export const read = async () => (await fetch("https://a.example")).json()'),
    testFile('document.body.innerHTML = "<div></div>"'),
  ],
  invalid: [
    bad('document.title = "A"', /^document does not exist .* Compose the components/),
    bad('window.location.href', /^window does not exist/),
    bad('const load = () => fetch("/orders")', /^fetch does not exist .*\.server\.ts/),
    bad('globalThis.fetch("/orders")', /^fetch does not exist/),
    bad('self["localStorage"].clear()', /^localStorage does not exist/),
    bad('if (confirm("Sure?")) alert("Done")', /^confirm does not/, /^alert does not/),
    bad('const a = <div><Text>A</Text><br /></div>', /^<div> is an HTML tag/, /^<br> is an HTML tag/),
  ],
})

run('no-server-import', noServerImport, {
  valid: [
    client('import { find } from "./orders.server"'),
    client('import type { Settings } from "@souk/extension-sdk/server"'),
    client('import { Button } from "@souk/extension-sdk/client"'),
    server(
      'import { getOrganizationSettings } from "@souk/extension-sdk/server"; import { createHash } from "node:crypto"',
    ),
    testFile('import { readFile } from "node:fs/promises"'),
  ],
  invalid: [
    bad('import { getOrganizationSettings } from "@souk/extension-sdk/server"', /works in \*\.server\.ts files alone/),
    bad('export * from "@souk/extension-sdk/server"', /works in/),
    bad('const a = import("@souk/extension-sdk/server")', /works in/),
    bad('import fs from "node:fs"', /^'node:fs' comes with Node/),
    bad('const path = require("path")', /^'path' comes with Node/),
  ],
})

run('no-react-dom', noReactDom, {
  valid: [
    client('import { useState } from "react"'),
    client('import x from "react-dominoes"'),
    testFile('import { createRoot } from "react-dom/client"'),
  ],
  invalid: [
    bad('import { createPortal } from "react-dom"', /draws into a DOM/),
    bad('const a = await import("react-dom/client")', /^'react-dom\/client' draws/),
    { ...server('import { renderToString } from "react-dom/server"'), errors: [{ message: /draws into a DOM/ }] },
  ],
})

// Put together here, so that no scanner takes this file for a leak.
const stripe = `sk_${'live'}_${'a1B2'.repeat(6)}`
const github = `ghp${'_'}${'a1B2'.repeat(9)}`

run('no-secrets', noSecrets, {
  valid: [
    client('const apiKey = Settings.secret({ label: "API key" })'),
    client('const attach = { setting: "apiKey", header: "Authorization" }'),
    client('const token = "order-number"'),
    client('const hash = "0123456789abcdef0123456789abcdef"'),
    client('const password = "Type your password here, 8 characters"'),
  ],
  invalid: [
    bad(`charge("${stripe}")`, /looks like a Stripe key/),
    bad(`const header = \`Bearer ${github}\``, /looks like a GitHub token/),
    bad('const apiKey = "9f8e7d6c5b4a39281706f5e4d3c2"', /looks like a secret.* Settings\.secret/),
    bad('const config = { "client_secret": "9f8e7d6c5b4a39281706f5e4d3c2" }', /looks like a secret/),
    bad('config.token = "9f8e7d6c5b4a39281706f5e4d3c2"', /looks like a secret/),
    { ...server(`const key = "-----BEGIN ${''}PRIVATE KEY-----"`), errors: [{ message: /a private key/ }] },
  ],
})

test('the recommended configuration has every rule as an error', () => {
  const [config] = plugin.configs.recommended({ parser })
  expect(config).toMatchObject({
    languageOptions: { parser },
    rules: Object.fromEntries(Object.keys(plugin.rules).map((name) => [`souk/${name}`, 'error'])),
  })
})
