/**
 * Stands for `node:os` in server bundles: the same words on every machine, where Deno without permissions throws at most of them.
 * Packages ask when they load, for the name they give to services.
 */
const none = () => 0

export const EOL = '\n'
export const devNull = '/dev/null'
export const constants = { signals: {}, errno: {}, priority: {}, dlopen: {} }

export const arch = () => 'x64'
export const availableParallelism = () => 1
export const cpus = () => []
export const endianness = () => 'LE'
export const freemem = none
export const getPriority = none
export const homedir = () => '/'
export const hostname = () => 'localhost'
export const loadavg = () => [0, 0, 0]
export const machine = () => 'x86_64'
export const networkInterfaces = () => ({})
export const platform = () => 'linux'
export const release = () => '0.0.0'
export const setPriority = () => {}
export const tmpdir = () => '/tmp'
export const totalmem = none
export const type = () => 'Linux'
export const uptime = none
export const userInfo = () => ({ uid: -1, gid: -1, username: 'app', homedir: '/', shell: null })
export const version = () => ''

export default {
  ...{
    EOL,
    devNull,
    constants,
    arch,
    availableParallelism,
    cpus,
    endianness,
    freemem,
    getPriority,
    homedir,
    hostname,
    loadavg,
  },
  ...{ machine, networkInterfaces, platform, release, setPriority, tmpdir, totalmem, type, uptime, userInfo, version },
}
