/** Compressed bytes of own client code an extension should stay under: it is loaded before the widget shows anything. */
export const CLIENT_BUDGET_BYTES = 64 * 1024
