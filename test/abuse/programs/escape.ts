// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the programs are source text.
import type { AbuseProgram } from '../program'

/** Ways out of the function's own realm, module or permissions. */
export const ESCAPE: readonly AbuseProgram[] = [
  {
    id: 'escape-function-constructor',
    title: 'reach the process through the constructor of a function',
    harm: 'learns',
    code: 'return ({}).constructor.constructor("return process")().env[world.secretVariable]',
  },
  {
    id: 'escape-indirect-eval',
    title: 'read a file through an indirect eval',
    harm: 'learns',
    code: 'return await (0, eval)("import(\'node:fs\')").then((fs) => fs.readFileSync(world.secretFile, "utf8"))',
  },
  {
    id: 'escape-vm-this-context',
    title: 'run code in the realm of the host with node:vm',
    harm: 'learns',
    code: 'const vm = await import("node:vm"); return vm.runInThisContext("globalThis.process ?? Deno").env[world.secretVariable]',
    before: 'import process from "node:process"; globalThis.process ??= process',
  },
  {
    id: 'escape-vm-new-context',
    title: 'climb out of a new context through a host object',
    harm: 'learns',
    code: 'const vm = await import("node:vm"); return vm.runInNewContext("o.constructor.constructor(\'return process\')().env", { o: {} })[world.secretVariable]',
    before: 'import process from "node:process"; globalThis.process ??= process',
  },
  {
    id: 'escape-create-require',
    title: 'require node:fs of a module elsewhere',
    harm: 'learns',
    code: 'const { createRequire } = await import("node:module"); return createRequire("file:///tmp/x.js")("node:fs").readFileSync(world.secretFile, "utf8")',
  },
  {
    id: 'escape-require-file',
    title: 'require a file as a module, and read the error',
    harm: 'learns',
    code: 'const { createRequire } = await import("node:module"); return createRequire("file:///")(world.folder + "/module.cjs")',
  },
  {
    id: 'escape-import-file',
    title: 'import a file of the machine',
    harm: 'learns',
    code: 'return (await import("file://" + world.folder + "/module.mjs")).default',
  },
  {
    id: 'escape-import-json',
    title: 'import a file of the machine as JSON',
    harm: 'learns',
    code: 'return (await import("file://" + world.folder + "/data.json", { with: { type: "json" } })).default',
  },
  {
    id: 'escape-import-data',
    title: 'import a data: URL that imports a file',
    harm: 'learns',
    code: 'return (await import(`data:text/javascript,export * from "file://${world.folder}/module.mjs"; export { default } from "file://${world.folder}/module.mjs"`)).default',
  },
  {
    id: 'escape-worker',
    title: 'start a worker with all permissions',
    harm: 'learns',
    code: `const code = 'import fs from "node:fs"; self.onmessage = ({ data }) => self.postMessage(fs.readFileSync(data, "utf8"))'
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module", deno: { permissions: "inherit" } })
      return await new Promise((resolve, reject) => { worker.onmessage = ({ data }) => resolve(data); worker.onerror = reject; worker.postMessage(world.secretFile) })`,
  },
  {
    id: 'escape-worker-thread',
    title: 'start a worker thread that reads a file',
    harm: 'learns',
    code: `const { Worker } = await import("node:worker_threads")
      const code = 'const { parentPort, workerData } = require("node:worker_threads"); parentPort.postMessage(require("node:fs").readFileSync(workerData, "utf8"))'
      const worker = new Worker(code, { eval: true, workerData: world.secretFile })
      return await new Promise((resolve, reject) => { worker.on("message", resolve); worker.on("error", reject) })`,
  },
  {
    id: 'escape-native-code',
    title: 'create a file with the C library',
    harm: 'writes',
    code: `const libc = Deno.dlopen("libc.so.6", { creat: { parameters: ["buffer", "u32"], result: "i32" } })
      return libc.symbols.creat(new TextEncoder().encode(world.folder + "/native\\0"), 0o644)`,
  },
  {
    id: 'escape-permission-request',
    title: 'ask for the permission to use the network',
    harm: 'connects',
    code: `await Deno.permissions.request({ name: "net" }); const c = await Deno.connect({ hostname: "127.0.0.1", port: world.port }); c.close()`,
  },
  {
    id: 'escape-runtime-internals',
    title: 'call operations of the engine behind its permission checks',
    harm: 'learns',
    code: `const { core } = Deno[Deno.internal]; const found = []
      for (const [name, op] of Object.entries(core.ops)) if (/read_file/.test(name)) try { found.push(await op(world.secretFile), await op(world.secretFile, "r", false)) } catch (e) { found.push(String(e)) }
      return found.map((f) => typeof f === "string" ? f : f instanceof Uint8Array ? new TextDecoder().decode(f) : "")`,
    harmlessUnprotected: 'The engine hides these operations from everybody.',
  },
  {
    id: 'escape-inspector',
    title: 'open the debugger',
    harm: 'listens',
    code: 'const inspector = await import("node:inspector"); inspector.open(world.freePort, "127.0.0.1"); await new Promise((r) => setTimeout(r, 600))',
  },
  {
    id: 'escape-host-program',
    title: 'import the program that runs it, once more',
    harm: 'learns',
    code: 'const host = await import(Deno.mainModule); return Object.entries(host).map(([name, value]) => name + String(value))',
    harmlessUnprotected: 'That program exports nothing.',
  },
]
