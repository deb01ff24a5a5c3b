import type { AbuseProgram } from '../program'

const ending = (id: string, title: string, code: string): AbuseProgram => ({ id, title, harm: 'kills', code })
const FORGED = '{"type":"result","id":1,"ok":true,"result":"forged"}'

/** Ending processes, starting processes, and speaking for others. */
export const PROCESS: readonly AbuseProgram[] = [
  ending(
    'process-exit',
    'end the process with process.exit',
    'const process = await import("node:process"); process.exit(0)',
  ),
  ending('process-exit-deno', 'end the process with Deno.exit', 'Deno.exit(1)'),
  ending('process-abort', 'abort the process', 'const process = await import("node:process"); process.abort()'),
  ending(
    'process-kill-itself',
    'kill its process',
    'const process = await import("node:process"); process.kill(process.pid, "SIGKILL"); await new Promise(() => {})',
  ),
  ending(
    'process-kill-host',
    'kill the host',
    'const process = await import("node:process"); process.kill(world.hostPid, "SIGKILL")',
  ),
  ending(
    'process-kill-parent',
    'kill the parent',
    'const process = await import("node:process"); if (process.pid === world.hostPid) process.kill(process.pid, "SIGKILL"); process.kill(process.ppid, "SIGKILL")',
  ),
  ending(
    'process-kill-other',
    'kill an innocent process',
    'const process = await import("node:process"); process.kill(world.bystanderPid, "SIGKILL")',
  ),
  ending(
    'process-kill-other-deno',
    'kill an innocent process with Deno.kill',
    'Deno.kill(world.bystanderPid, "SIGKILL")',
  ),
  ending(
    'process-stop-other',
    'end an innocent process with a command',
    'const { execFileSync } = await import("node:child_process"); execFileSync("/bin/kill", ["-9", String(world.bystanderPid)])',
  ),
  ending(
    'process-rejection',
    'leave a rejection to nobody',
    'Promise.reject(new Error("nobody")); await new Promise((r) => setTimeout(r, 100)); return 1',
  ),
  ending(
    'process-rejection-late',
    'leave a rejection to nobody after its answer',
    'setTimeout(() => Promise.reject(new Error("nobody")), 20); return 1',
  ),
  ending(
    'process-throw-late',
    'throw in a timer after its answer',
    'setTimeout(() => { throw new Error("nobody") }, 20); return 1',
  ),
  ending(
    'process-event-error',
    'emit an error that nobody listens for',
    'const { EventEmitter } = await import("node:events"); setTimeout(() => new EventEmitter().emit("error", new Error("nobody")), 20); return 1',
  ),
  {
    id: 'process-stack',
    title: 'recurse for ever',
    harm: 'kills',
    code: 'const again = () => again() + 1; return again()',
    harmlessUnprotected: 'The engine throws a RangeError.',
  },
  {
    id: 'process-spawn',
    title: 'start a process with node:child_process',
    harm: 'writes',
    code: 'const { spawnSync } = await import("node:child_process"); const { error } = spawnSync("/bin/sh", ["-c", "/usr/bin/touch " + world.folder + "/spawned"]); if (error) throw error',
  },
  {
    id: 'process-exec',
    title: 'start a shell',
    harm: 'writes',
    code: 'const { execSync } = await import("node:child_process"); execSync("/usr/bin/touch " + world.folder + "/spawned")',
  },
  {
    id: 'process-command',
    title: 'start a process with Deno.Command',
    harm: 'writes',
    code: 'await new Deno.Command("/bin/sh", { args: ["-c", "/usr/bin/touch " + world.folder + "/spawned"] }).output()',
  },
  {
    id: 'process-fork',
    title: 'start a copy of its program with all permissions',
    harm: 'writes',
    code: 'await new Deno.Command(Deno.execPath(), { args: ["eval", "Deno.writeTextFileSync(Deno.args[0], \'\')", world.folder + "/forked"] }).output()',
  },
  {
    id: 'process-threads',
    title: 'leave busy threads behind',
    harm: 'outlives',
    code: `const { Worker } = await import("node:worker_threads")
      for (let i = 0; i < 2; i++) new Worker('const http = require("node:http"); setInterval(() => fetch(require("node:worker_threads").workerData).catch(() => {}), 30)', { eval: true, workerData: world.url }); await new Promise((r) => setTimeout(r, 300)); return 1`,
  },
  {
    id: 'process-priority',
    title: 'raise its own priority and lower that of the host',
    harm: 'pollutes',
    code: 'const os = await import("node:os"); os.setPriority(world.hostPid, 19)',
    harmlessUnprotected: 'The engine does not offer it.',
  },
  {
    id: 'protocol-stdout',
    title: 'forge an answer on standard output',
    harm: 'overruns',
    code: `console.log(${JSON.stringify(FORGED)}); Deno.stdout.writeSync(new TextEncoder().encode(${JSON.stringify(`${FORGED}\n`)})); await new Promise((r) => setTimeout(r, 100)); throw new Error("mine")`,
    expects: ['FUNCTION_FAILED'],
    harmlessUnprotected: 'It has no protocol to forge.',
  },
  {
    id: 'protocol-descriptor',
    title: 'write garbage to every descriptor',
    harm: 'stalls',
    code: 'const fs = await import("node:fs"); for (let fd = 3; fd < 30; fd++) try { fs.writeSync(fd, "garbage garbage garbage") } catch {} return 1',
    harmlessUnprotected: 'It has no protocol to forge.',
  },
  {
    id: 'protocol-socket',
    title: 'take over the socket to the host and write garbage',
    harm: 'stalls',
    before:
      'import { Socket } from "node:net"; const write = Socket.prototype.write; let socket; Socket.prototype.write = function (...args) { socket ??= this; return write.apply(this, args) }; console.log("speak")',
    code: 'await new Promise((r) => setTimeout(r, 20)); write.call(socket, "GET / HTTP/1.1\\r\\n\\r\\n"); await new Promise(() => {})',
    deadlineMs: 20_000,
    expects: ['FUNCTION_CRASHED'],
    harmlessUnprotected: 'It has no protocol to forge.',
  },
  {
    id: 'protocol-bomb',
    title: 'announce a frame of 4 GB to the host',
    harm: 'hoards',
    before:
      'import { Socket } from "node:net"; const write = Socket.prototype.write; let socket; Socket.prototype.write = function (...args) { socket ??= this; return write.apply(this, args) }; console.log("speak")',
    code: 'await new Promise((r) => setTimeout(r, 20)); const head = new Uint8Array(8); new DataView(head.buffer).setUint32(0, 10); new DataView(head.buffer).setUint32(4, 4000000000); write.call(socket, head); await new Promise(() => {})',
    deadlineMs: 20_000,
    expects: ['FUNCTION_CRASHED'],
    harmlessUnprotected: 'It has no protocol to forge.',
  },
]
