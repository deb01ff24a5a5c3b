/** What an adapter is asked to mount: a path and a handler. */
export interface MountedServer {
  readonly basePath: string
  fetch(request: Request): Promise<Response>
}

export interface MountOptions {
  /** Passed on to the adapter. */
  readonly trustProxy: boolean
  /** Whether the framework's own JSON parser stands in front of the adapter. */
  readonly parser: boolean
}

/** A running product. It answers `GET /product` with the text `product` by itself, beside what was mounted. */
export interface HttpMount {
  /** Where it listens, such as `http://127.0.0.1:4000`; without one the cases that need a socket are not registered. */
  readonly origin?: string
  /** Asks it in this process. */
  fetch?(request: Request): Promise<Response>
  close(): Promise<void>
}

export type Mount = (server: MountedServer, options: MountOptions) => Promise<HttpMount>
