// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the programs are source text.
import type { AbuseProgram } from '../program'

/** Environment and files. */
export const SURROUNDINGS: readonly AbuseProgram[] = [
  {
    id: 'environment-process',
    title: 'read process.env',
    harm: 'learns',
    code: 'const process = await import("node:process"); return { ...process.env }',
  },
  { id: 'environment-deno', title: 'read Deno.env', harm: 'learns', code: 'return Deno.env.toObject()' },
  {
    id: 'environment-self',
    title: 'read the environment from /proc/self',
    harm: 'learns',
    code: 'const fs = await import("node:fs"); return fs.readFileSync("/proc/self/environ", "latin1")',
  },
  {
    id: 'environment-parent',
    title: 'read the environment of the host from /proc',
    harm: 'learns',
    code: 'const fs = await import("node:fs"); return fs.readFileSync(`/proc/${world.hostPid}/environ`, "latin1")',
  },
  {
    id: 'environment-child',
    title: 'read the environment through a child process',
    harm: 'learns',
    code: 'const { execFileSync } = await import("node:child_process"); return execFileSync("/usr/bin/env", { encoding: "utf8" })',
  },
  {
    id: 'environment-inherited',
    title: 'read the environment in a worker thread that inherits it',
    harm: 'learns',
    code: `const { Worker, SHARE_ENV } = await import("node:worker_threads")
      const worker = new Worker('require("node:worker_threads").parentPort.postMessage({ ...process.env })', { eval: true, env: SHARE_ENV })
      return await new Promise((resolve, reject) => { worker.on("message", resolve); worker.on("error", reject) })`,
  },
  {
    id: 'file-read-node',
    title: 'read a file with node:fs',
    harm: 'learns',
    code: 'const fs = await import("node:fs"); return fs.readFileSync(world.secretFile, "utf8")',
  },
  {
    id: 'file-read-promises',
    title: 'read a file with node:fs/promises',
    harm: 'learns',
    code: 'const fs = await import("node:fs/promises"); const file = await fs.open(world.secretFile); return await file.readFile("utf8")',
  },
  {
    id: 'file-read-stream',
    title: 'read a file as a stream',
    harm: 'learns',
    code: 'const fs = await import("node:fs"); let text = ""; for await (const chunk of fs.createReadStream(world.secretFile)) text += chunk; return text',
  },
  {
    id: 'file-read-deno',
    title: 'read a file with Deno.readTextFile',
    harm: 'learns',
    code: 'return await Deno.readTextFile(world.secretFile)',
  },
  {
    id: 'file-read-fetch',
    title: 'read a file with fetch',
    harm: 'learns',
    code: 'return await (await fetch("file://" + world.secretFile)).text()',
  },
  {
    id: 'file-list',
    title: 'list a folder',
    harm: 'learns',
    code: 'const fs = await import("node:fs"); return fs.readdirSync(world.folder)',
  },
  {
    id: 'file-link',
    title: 'read a file through a link in the folder for temporary files',
    harm: 'learns',
    code: `const fs = await import("node:fs"); const link = world.folder + "/link"
      fs.symlinkSync(world.secretFile, link); const text = fs.readFileSync(link, "utf8"); fs.unlinkSync(link); return text`,
  },
  {
    id: 'file-root-of-process',
    title: 'read a file through /proc/self/root',
    harm: 'learns',
    code: 'const fs = await import("node:fs"); return fs.readFileSync("/proc/self/root" + world.secretFile, "utf8")',
  },
  {
    id: 'file-descriptors',
    title: 'read every descriptor that may have been inherited',
    harm: 'learns',
    code: `const fs = await import("node:fs"); let text = ""; const buffer = new Uint8Array(4096)
      for (let fd = 3; fd < 40; fd++) try { const n = fs.readSync(fd, buffer, 0, 4096, 0); text += new TextDecoder().decode(buffer.subarray(0, n)) } catch {}
      return text`,
    harmlessUnprotected: 'Node opens no descriptor that children inherit; this proves that it stays so.',
  },
  {
    id: 'file-write-node',
    title: 'write a file with node:fs',
    harm: 'writes',
    code: 'const fs = await import("node:fs"); fs.writeFileSync(world.folder + "/new", "x")',
  },
  {
    id: 'file-write-stream',
    title: 'write a file as a stream',
    harm: 'writes',
    code: 'const fs = await import("node:fs"); const stream = fs.createWriteStream(world.folder + "/new"); await new Promise((resolve, reject) => { stream.on("error", reject); stream.end("x", resolve) })',
  },
  {
    id: 'file-write-deno',
    title: 'write a file with Deno.writeTextFile',
    harm: 'writes',
    code: 'await Deno.writeTextFile(world.folder + "/new", "x")',
  },
  {
    id: 'file-make-folder',
    title: 'make a folder',
    harm: 'writes',
    code: 'const fs = await import("node:fs"); fs.mkdirSync(world.folder + "/new")',
  },
  {
    id: 'file-remove',
    title: 'remove a file',
    harm: 'writes',
    code: 'const fs = await import("node:fs"); fs.unlinkSync(world.secretFile)',
  },
  {
    id: 'file-truncate',
    title: 'empty a file',
    harm: 'writes',
    code: 'const fs = await import("node:fs"); fs.truncateSync(world.secretFile)',
  },
  {
    id: 'file-copy',
    title: 'copy a file',
    harm: 'writes',
    code: 'const fs = await import("node:fs"); fs.copyFileSync("/etc/hostname", world.folder + "/copy")',
  },
  {
    id: 'file-mode',
    title: 'change the mode of a file',
    harm: 'writes',
    code: 'const fs = await import("node:fs"); fs.chmodSync(world.secretFile, 0o777)',
  },
  {
    id: 'file-database',
    title: 'make a database file',
    harm: 'writes',
    code: 'const { DatabaseSync } = await import("node:sqlite"); const database = new DatabaseSync(world.folder + "/database"); database.exec("create table t (a)"); database.close()',
  },
  {
    id: 'file-database-attach',
    title: 'attach a database file to one in memory',
    harm: 'writes',
    code: 'const { DatabaseSync } = await import("node:sqlite"); const database = new DatabaseSync(":memory:"); database.exec(`attach database \'${world.folder}/attached\' as a; create table a.t (a)`); database.close()',
  },
]
