import type { AbuseProgram } from '../program'

const pollution = (id: string, title: string, code: string): AbuseProgram => ({ id, title, harm: 'pollutes', code })
const spying = (id: string, title: string, code: string): AbuseProgram => ({ id, title, harm: 'learns', code })

/** What one app would do to another in the same process. The neighbour keeps a secret everywhere an app could. */
export const TENANTS: readonly AbuseProgram[] = [
  pollution('tenant-object-prototype', 'add to Object.prototype', 'Object.prototype.polluted = 1'),
  pollution('tenant-proto-key', 'add to Object.prototype through an object', 'Object.getPrototypeOf({}).polluted = 1'),
  pollution(
    'tenant-array-map',
    'replace Array.prototype.map',
    'Array.prototype.map = function () { return ["stolen"] }',
  ),
  pollution('tenant-json', 'replace JSON.parse', 'JSON.parse = () => "stolen"'),
  pollution(
    'tenant-promise',
    'replace Promise.prototype.then',
    'Promise.prototype.then = function () { return "stolen" }',
  ),
  pollution('tenant-date', 'replace Date.prototype.toISOString', 'Date.prototype.toISOString = () => "stolen"'),
  pollution('tenant-string', 'replace String.prototype.concat', 'String.prototype.concat = () => "stolen"'),
  pollution('tenant-fetch', 'replace fetch', 'globalThis.fetch = async function stolen() {}'),
  pollution('tenant-global', 'leave a global', 'globalThis.polluted = 1'),
  pollution(
    'tenant-environment',
    'set an environment variable',
    'const process = await import("node:process"); process.env.POLLUTED = "1"',
  ),
  pollution(
    'tenant-folder',
    'change the working folder',
    'const process = await import("node:process"); process.chdir(world.folder)',
  ),
  pollution(
    'tenant-module',
    'replace a function of a shared module',
    'const path = (await import("node:path")).default; path.join = () => "stolen"',
  ),
  pollution(
    'tenant-message',
    'post to the channel of the neighbour',
    'const channel = new BroadcastChannel("neighbour"); channel.postMessage("polluted"); await new Promise((r) => setTimeout(r, 100))',
  ),
  spying(
    'tenant-read-global',
    'read the globals of the neighbour',
    'return JSON.stringify(globalThis.neighbour ?? null)',
  ),
  spying(
    'tenant-read-symbol',
    'read what the neighbour keeps under a registered symbol',
    'return globalThis[Symbol.for("neighbour")]',
  ),
  spying('tenant-read-storage', 'read the localStorage of the neighbour', 'return localStorage.getItem("neighbour")'),
  spying(
    'tenant-read-cache',
    'read the caches of the neighbour',
    'return await (await (await caches.open("neighbour")).match("http://neighbour.example/")).text()',
  ),
  spying(
    'tenant-read-prototype',
    'lay a trap on a prototype and wait for the neighbour',
    `globalThis.trapped = []; const stringify = JSON.stringify
      const parse = JSON.parse; JSON.parse = (text) => { globalThis.trapped.push(text); return parse(text) }
      await fetch(\`\${world.service}/neighbour\`); await new Promise((r) => setTimeout(r, 200)); JSON.parse = parse; return stringify(globalThis.trapped)`,
  ),
]
