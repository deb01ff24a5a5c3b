/** The part of react-refresh that the development runtime calls. The package brings no types. */
declare module 'react-refresh/runtime' {
  export function injectIntoGlobalHook(realm: object): void
  export function register(type: unknown, id: string): void
  export function setSignature(
    type: unknown,
    key: string,
    forceReset: boolean,
    getCustomHooks: () => readonly unknown[],
  ): void
  export function performReactRefresh(): unknown
}
