import type { PlainRecord } from '@souk/extension-sdk/protocol'
import type { SurfaceAction } from '@souk/host'

/** A step of the automation: which surface of which installation it is, and what was filled in. */
export interface AutomationStep {
  readonly nodeId: string
  readonly kind: 'workflow.blocks' | 'workflow.triggers'
  readonly appInstallationId: string
  readonly id: string
  readonly label: string
  readonly values: PlainRecord
}

const KEY = 'fernhill-automation'

const isStep = (value: unknown): value is AutomationStep => {
  const { nodeId, kind, appInstallationId, id, label, values } = (value ?? {}) as Partial<AutomationStep>
  return (
    (kind === 'workflow.blocks' || kind === 'workflow.triggers') &&
    [nodeId, appInstallationId, id, label].every((text) => typeof text === 'string') &&
    typeof values === 'object' &&
    values !== null
  )
}

/** The steps of this browser. A desk of many would keep them in its database. */
export const loadSteps = (): readonly AutomationStep[] => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isStep) : []
  } catch {
    return []
  }
}

export const saveSteps = (steps: readonly AutomationStep[]): void => localStorage.setItem(KEY, JSON.stringify(steps))

/** A step that starts with the defaults of its fields. */
export const createStep = (kind: AutomationStep['kind'], action: SurfaceAction): AutomationStep => ({
  nodeId: crypto.randomUUID(),
  kind,
  appInstallationId: action.appInstallationId,
  id: action.id,
  label: action.label,
  // Defaults come from a manifest, which is plain data.
  values: Object.fromEntries(
    Object.entries(action.surface.inputs ?? {}).flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default]],
    ),
  ) as PlainRecord,
})
