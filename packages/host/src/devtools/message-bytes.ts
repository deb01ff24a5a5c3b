/** About how much of the bridge a message takes: its text as JSON, and its bytes as they are. */
export const messageBytes = (message: unknown): number => {
  let bytes = 0
  const text = JSON.stringify(message, (_key, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value
    bytes += value.byteLength
    return undefined
  })
  return bytes + (text?.length ?? 0)
}
