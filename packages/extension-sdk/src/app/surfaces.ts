import type { ComponentType } from 'react'
import type { SettingsFields } from '../settings/builders'

/** The record a surface stands beside. */
export interface RecordContext {
  readonly recordId: string
  readonly recordType: string
}

interface RecordSurface {
  /** Unique among the surfaces of its kind, and stable over versions. */
  readonly id: string
  /** What the user reads. */
  readonly label: string
  readonly description?: string
  /** The name of an icon of the product. */
  readonly icon?: string
  /** The record types it is for; every type when absent. */
  readonly recordTypes?: readonly string[]
  /** Runs in the frame when the product asks. Without it, the surface is always shown. */
  readonly shouldShow?: (context: RecordContext) => boolean | Promise<boolean>
}

/** Something a user can start from a record's menu. */
export interface RecordAction extends RecordSurface {
  readonly onTrigger: (context: RecordContext) => unknown
}

/** A component beside a record. It receives the record as props. */
export interface RecordWidget extends RecordSurface {
  readonly component: ComponentType<RecordContext>
}

/** An app: where it appears in the product, what it does there, and what it lets people set. */
export interface App {
  readonly record?: {
    readonly actions?: readonly RecordAction[]
    readonly widgets?: readonly RecordWidget[]
  }
  readonly settings?: {
    /** Filled in by an admin, for everybody. */
    readonly organization?: SettingsFields
    /** Filled in by each user. */
    readonly user?: SettingsFields
  }
}
