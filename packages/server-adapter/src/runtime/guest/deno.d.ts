/** The little of Deno that the guest uses. */
declare const Deno: {
  exit(code: number): never
}
