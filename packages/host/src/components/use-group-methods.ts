import { type RefObject, useImperativeHandle, useRef } from 'react'

interface GroupMethods {
  focus(): void
  scrollIntoView(): void
}

/** The methods of a group of inputs. Focus goes where the Tab key would take it. */
export const useGroupMethods = (
  methodsRef: ((methods: GroupMethods | null) => void) | undefined,
): RefObject<HTMLDivElement | null> => {
  const group = useRef<HTMLDivElement>(null)
  useImperativeHandle(methodsRef, () => {
    const find = (selector: string) => group.current?.querySelector<HTMLElement>(selector)
    return {
      focus: () => (find('input:checked') ?? find('input:enabled, [tabindex="0"]'))?.focus(),
      scrollIntoView: () => group.current?.scrollIntoView(),
    }
  }, [])
  return group
}
