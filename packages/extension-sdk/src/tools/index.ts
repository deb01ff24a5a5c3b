/** What a `*.tool.ts` file is written with. */

export { z } from 'zod'
export type { ToolAction, ToolAgent, Toolset } from '../protocol/tool'
export { defineTool, type Tool, type ToolConfig } from './define-tool'
/** For the build, which puts them around the exports of a `*.tool.ts` file. */
export { describeTool } from './describe-tool'
export { toolFunction } from './tool-function'
