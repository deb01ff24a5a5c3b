import type { ReactElement } from 'react'

const draw = (path: string) => (): ReactElement => (
  <svg className="souk-icon" viewBox="0 0 16 16" width="16" height="16" fill="none" aria-hidden="true">
    <path d={path} stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
)

export const CheckIcon = draw('M3.5 8.5l3 3 6-7')
export const ChevronDownIcon = draw('M4.5 6.5L8 10l3.5-3.5')
export const CloseIcon = draw('M4 4l8 8M12 4l-8 8')
export const InfoIcon = draw('M8 14.25a6.25 6.25 0 100-12.5 6.25 6.25 0 000 12.5zM8 7.5v3.25M8 5.1v.05')
export const WarningIcon = draw('M8 2.2L1.8 13.2h12.4L8 2.2zM8 6.5v3M8 11.4v.05')
export const ExternalIcon = draw(
  'M6.5 3.5H4A1.5 1.5 0 002.5 5v7A1.5 1.5 0 004 13.5h7a1.5 1.5 0 001.5-1.5V9.5M9.5 2.5h4v4M13.5 2.5L7.5 8.5',
)
export const EmptyIcon = draw(
  'M2.5 9.5l1.8-5.6A1.5 1.5 0 015.7 2.9h4.6a1.5 1.5 0 011.4 1l1.8 5.6v2.6a1.4 1.4 0 01-1.4 1.4H3.9a1.4 1.4 0 01-1.4-1.4V9.5zm0 0h3l1 1.6h3l1-1.6h3',
)
