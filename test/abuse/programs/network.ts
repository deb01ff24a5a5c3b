// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the programs are source text.
import type { AbuseProgram } from '../program'

const tcp = (id: string, title: string, code: string): AbuseProgram => ({ id, title, harm: 'connects', code })
const viaFetch = (id: string, title: string, url: string): AbuseProgram =>
  tcp(id, title, `return await (await fetch(${url})).text()`)

/** Everything that would leave the machine, and everything that would reach into it. */
export const NETWORK: readonly AbuseProgram[] = [
  tcp(
    'network-tcp',
    'open a socket with node:net',
    'const net = await import("node:net"); await new Promise((resolve, reject) => net.connect(world.port, "127.0.0.1", resolve).on("error", reject))',
  ),
  tcp(
    'network-tcp-deno',
    'open a socket with Deno.connect',
    'await Deno.connect({ hostname: "127.0.0.1", port: world.port })',
  ),
  tcp(
    'network-unix',
    'open a Unix socket',
    'const net = await import("node:net"); await new Promise((resolve, reject) => net.connect(world.socketPath, resolve).on("error", reject))',
  ),
  tcp(
    'network-http',
    'request with node:http',
    'const http = await import("node:http"); await new Promise((resolve, reject) => http.get(world.url, resolve).on("error", reject))',
  ),
  tcp(
    'network-https',
    'request with node:https',
    'const https = await import("node:https"); await new Promise((resolve, reject) => https.get(world.url.replace("http:", "https:"), resolve).on("error", reject))',
  ),
  tcp(
    'network-http2',
    'connect with node:http2',
    'const http2 = await import("node:http2"); await new Promise((resolve, reject) => http2.connect(world.url).on("connect", resolve).on("error", reject))',
  ),
  tcp(
    'network-tls',
    'connect with node:tls',
    'const tls = await import("node:tls"); await new Promise((resolve, reject) => tls.connect(world.port, "127.0.0.1").on("secureConnect", resolve).on("error", reject))',
  ),
  tcp(
    'network-udp',
    'send a packet with node:dgram',
    'const dgram = await import("node:dgram"); await new Promise((resolve, reject) => dgram.createSocket("udp4").on("error", reject).send("x", world.port, "127.0.0.1", (error) => error ? reject(error) : resolve()))',
  ),
  tcp(
    'network-dns',
    'send data in a name to a name server of its own',
    'const dns = await import("node:dns"); const resolver = new dns.promises.Resolver({ timeout: 300, tries: 1 }); resolver.setServers(["127.0.0.1:" + world.port]); await resolver.resolve4("data.example")',
  ),
  tcp(
    'network-dns-deno',
    'send data in a name with Deno.resolveDns',
    'await Deno.resolveDns("data.example", "A", { nameServer: { ipAddr: "127.0.0.1", port: world.port } })',
  ),
  tcp(
    'network-websocket',
    'open a WebSocket',
    'await new Promise((resolve, reject) => { const socket = new WebSocket(world.url.replace("http", "ws")); socket.onopen = resolve; socket.onerror = reject })',
  ),
  tcp(
    'network-eventsource',
    'open an EventSource',
    'await new Promise((resolve, reject) => { const source = new EventSource(world.url); source.onopen = resolve; source.onerror = reject })',
  ),
  tcp('network-import', 'import a module over http', 'await import(world.url + "/module.js")'),
  tcp(
    'network-fetch-worker',
    'fetch from a worker thread, which has its own fetch',
    `const { Worker } = await import("node:worker_threads")
      const worker = new Worker('fetch(require("node:worker_threads").workerData).then(() => require("node:worker_threads").parentPort.postMessage(1))', { eval: true, workerData: world.url })
      await new Promise((resolve, reject) => { worker.on("message", resolve); worker.on("error", reject) })`,
  ),
  tcp(
    'network-proxy',
    'fetch through an HTTP client with a proxy',
    'await fetch("http://service.example/", { client: Deno.createHttpClient({ proxy: { url: world.url } }) })',
  ),
  viaFetch('network-loopback', 'fetch the loopback address', 'world.url'),
  viaFetch('network-localhost', 'fetch localhost', '`http://localhost:${world.port}/`'),
  viaFetch('network-decimal', 'fetch the loopback address as one number', '`http://2130706433:${world.port}/`'),
  viaFetch('network-octal', 'fetch the loopback address in octal', '`http://0177.0.0.1:${world.port}/`'),
  viaFetch('network-hexadecimal', 'fetch the loopback address in hexadecimal', '`http://0x7f000001:${world.port}/`'),
  viaFetch('network-short', 'fetch the loopback address in its short form', '`http://127.1:${world.port}/`'),
  viaFetch('network-mapped', 'fetch it as IPv4 inside of IPv6', '`http://[::ffff:127.0.0.1]:${world.port}/`'),
  viaFetch('network-any-address', 'fetch the address that means any', '`http://0.0.0.0:${world.port}/`'),
  viaFetch(
    'network-user-info',
    'fetch with the allowed host as a user name',
    '`http://service.example@127.0.0.1:${world.port}/`',
  ),
  viaFetch(
    'network-private-name',
    'fetch an allowed name with a private address',
    '`http://private.example:${world.port}/`',
  ),
  viaFetch(
    'network-mixed-name',
    'fetch an allowed name with a public and a private address',
    '`http://mixed.example:${world.port}/`',
  ),
  tcp(
    'network-rebinding',
    'fetch an allowed name whose address becomes private after the first request',
    `const url = \`http://rebind.example:\${world.port}/\${world.id}/\`
      const first = await (await fetch(url + "public")).text(); await fetch(\`\${world.service}/rebind\`); return [first, await (await fetch(url + "private")).text()]`,
  ),
  viaFetch('network-redirect-address', 'follow a redirect to an address', '`${world.service}/redirect-address`'),
  viaFetch('network-redirect-private', 'follow a redirect to a private name', '`${world.service}/redirect-private`'),
  viaFetch(
    'network-redirect-denied',
    'follow a redirect to a host that is not allowed',
    '`${world.service}/redirect-denied`',
  ),
  {
    id: 'network-redirect-file',
    title: 'follow a redirect to a file',
    harm: 'learns',
    code: 'return await (await fetch(`${world.service}/redirect-file`)).text()',
  },
  {
    id: 'network-redirect-credential',
    title: 'have its credential sent on by a redirect to another host',
    harm: 'learns',
    code: 'return await (await fetch(`${world.service}/redirect-other`)).text()',
  },
  {
    id: 'network-redirect-loop',
    title: 'follow redirects without end',
    harm: 'overruns',
    code: 'for (let i = 0; i < 60; i++) await fetch(`${world.service}/redirect-loop`).catch(() => {})',
    deadlineMs: 8_000,
  },
  {
    id: 'network-host-header',
    title: 'name another host in the Host header',
    harm: 'overruns',
    code: `const headers = { host: "internal.example" }
      await fetch(\`\${world.service}/headers\`, { headers }).catch(() => {})
      const http = await import("node:http")
      await new Promise((resolve) => http.get(\`\${world.serviceAddress}/headers\`, { headers }, resolve).on("error", resolve))`,
  },
  {
    id: 'network-header-credential',
    title: 'replace the credential that the broker attaches',
    harm: 'overruns',
    code: 'return await (await fetch(`${world.service}/headers`, { headers: { "x-api-key": "forged" } })).text()',
  },
  {
    id: 'network-request-flood',
    title: 'send ten thousand requests in one call',
    harm: 'overruns',
    code: 'for (let i = 0; i < 40; i++) await Promise.all(Array.from({ length: 250 }, () => fetch(`${world.service}/count`).catch(() => {})))',
    deadlineMs: 8_000,
  },
  {
    id: 'network-request-body',
    title: 'send a body of 20 MB',
    harm: 'overruns',
    code: 'await fetch(`${world.service}/upload`, { method: "POST", body: new Uint8Array(20 << 20) })',
  },
  {
    id: 'network-response-endless',
    title: 'read a response that never ends',
    harm: 'overruns',
    code: 'let bytes = 0; const response = await fetch(`${world.service}/endless`); for await (const chunk of response.body) { bytes += chunk.length; if (bytes > 40 << 20) break } return "x".repeat(bytes > 40 << 20 ? 6 << 20 : 1)',
  },
  {
    id: 'network-response-bomb',
    title: 'read a small response that unfolds to 100 MB',
    harm: 'overruns',
    code: 'const bytes = await (await fetch(`${world.service}/bomb`)).arrayBuffer(); return "x".repeat(Math.min(bytes.byteLength, 6 << 20))',
  },
  {
    id: 'network-response-never',
    title: 'wait for a response that never comes',
    harm: 'stalls',
    code: 'return await (await fetch(`${world.service}/never`)).text()',
    deadlineMs: 400,
    expects: ['FUNCTION_TIMEOUT'],
    harmlessUnprotected: 'A deadline in the same process is enough for a function that only waits.',
  },
  {
    id: 'network-late-request',
    title: 'send requests after its answer',
    harm: 'outlives',
    code: 'const timer = () => { fetch(`${world.service}/late`).catch(() => {}); setTimeout(timer, 30) }; setTimeout(timer, 100); return 1',
  },
  {
    id: 'network-late-after-deadline',
    title: 'send requests after its deadline',
    harm: 'outlives',
    code: 'const timer = () => { fetch(`${world.service}/tick`).catch(() => {}); setTimeout(timer, 30) }; setTimeout(timer, 10); await new Promise(() => {})',
    deadlineMs: 300,
    expects: ['FUNCTION_TIMEOUT'],
  },
  {
    id: 'network-listen',
    title: 'listen with node:net',
    harm: 'listens',
    code: 'const net = await import("node:net"); await new Promise((resolve, reject) => net.createServer().on("error", reject).listen(world.freePort, "127.0.0.1", resolve)); await new Promise((r) => setTimeout(r, 600))',
  },
  {
    id: 'network-listen-deno',
    title: 'listen with Deno.listen',
    harm: 'listens',
    code: 'Deno.listen({ hostname: "127.0.0.1", port: world.freePort }); await new Promise((r) => setTimeout(r, 600))',
  },
  {
    id: 'network-serve',
    title: 'serve with Deno.serve',
    harm: 'listens',
    code: 'Deno.serve({ hostname: "127.0.0.1", port: world.freePort, onListen() {} }, () => new Response("x")); await new Promise((r) => setTimeout(r, 600))',
  },
  {
    id: 'network-listen-unix',
    title: 'listen on a Unix socket',
    harm: 'writes',
    code: 'const net = await import("node:net"); await new Promise((resolve, reject) => net.createServer().on("error", reject).listen(world.folder + "/socket", resolve))',
  },
]
