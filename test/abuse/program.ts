/** What a program does where nothing holds it. Each is seen from outside, and all of them are looked for in every program. */
export type Harm =
  /** A packet or a connection reached a listener it was not allowed to reach, or an allowed one got what it must not get. */
  | 'connects'
  /** Others can connect to a port it opened. */
  | 'listens'
  /** The folder it was pointed at is not as it was. */
  | 'writes'
  /** A secret of the machine, of the host or of another tenant is in what it answered, logged or sent. */
  | 'learns'
  /** Another tenant, or the host, finds its JavaScript changed. */
  | 'pollutes'
  /** The host or an innocent process is gone. */
  | 'kills'
  /** Its caller, or another tenant, is not answered. */
  | 'stalls'
  /** The host's memory, or that of its own process, grows without bound. */
  | 'hoards'
  /** The caller or a service is given more than the limits allow, or something that is no plain value. */
  | 'overruns'
  /** It goes on after its caller was answered. */
  | 'outlives'

/** A server function of an app that means harm. */
export interface AbuseProgram {
  readonly id: string
  readonly title: string
  /** The harm it would do. */
  readonly harm: Harm
  /** The body of an async function of `world`, as `AbuseWorld` has it. */
  readonly code: string
  /** What stands in the module before it. */
  readonly before?: string
  readonly deadlineMs?: number
  /** Its module is never done with being evaluated. */
  readonly neverLoads?: true
  /** One of these is what the caller is told. Left out where the app may well answer, having got nothing. */
  readonly expects?: readonly string[]
  /** Why it does no harm in the unprotected runtime either, where that is so. */
  readonly harmlessUnprotected?: string
}

/** What a program is told of its surroundings, as its only argument: all that an attacker could find out or guess. */
export interface AbuseWorld {
  readonly id: string
  /** Of a listener, TCP and UDP, on the loopback address. */
  readonly port: number
  readonly url: string
  /** Of the same on a Unix socket. */
  readonly socketPath: string
  /** A free port to listen on. */
  readonly freePort: number
  readonly folder: string
  readonly secretFile: string
  readonly secretVariable: string
  readonly hostPid: number
  readonly bystanderPid: number
  /** Of an outside service that the app may reach. */
  readonly service: string
  /** The same by its address, which it may not use. */
  readonly serviceAddress: string
}
