export interface WarmPool<T> {
  /** A started one when there is one, else a new one. */
  take(): T
  /** Starts as many as are missing. */
  refill(): void
  /** Forgets one that ended before it was taken. */
  drop(item: T): void
}

/** Keeps a few of something that is slow to start. */
export const createWarmPool = <T>(size: number, start: () => T): WarmPool<T> => {
  const warm = new Set<T>()
  return {
    take() {
      const [item] = warm
      if (item === undefined) return start()
      warm.delete(item)
      return item
    },
    refill() {
      while (warm.size < size) warm.add(start())
    },
    drop: (item) => void warm.delete(item),
  }
}
