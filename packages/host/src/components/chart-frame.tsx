import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useLocale } from 'react-aria-components'
import { niceTicks } from './chart-scale'
import type { PropsOf } from './component-props'

type ChartProps = PropsOf<'BarChart'>

const HEIGHTS = { small: 140, medium: 220, large: 320 } as const
const TOP = 8
const BOTTOM = 22
/** In pixels, about: what a character of a label takes. */
const CHARACTER = 6.5

/** Where things stand, in pixels. `x` is the middle of a category. */
export interface Plot {
  readonly band: number
  x(index: number): number
  y(value: number): number
}

interface ChartFrameProps {
  readonly chart: Omit<ChartProps, 'stacked' | 'methodsRef'>
  readonly methodsRef: ((element: HTMLElement | null) => void) | undefined
  /** The lowest and the highest value that is drawn. */
  readonly range: readonly [number, number]
  readonly children: (plot: Plot) => ReactNode
}

/** The axes, the names of the series, and the same numbers as a table for those who cannot see the drawing. */
export const ChartFrame = ({ chart, methodsRef, range, children }: ChartFrameProps) => {
  const { label, categories, series, unit, height: size = 'medium' } = chart
  const { locale, direction } = useLocale()
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(480)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth || 480)
    measure()
    if (typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const suffix = unit ? `\u00a0${unit}` : ''
  const ticks = niceTicks(...range)
  const names = ticks.map((tick) => `${short.format(tick)}${suffix}`)
  const low = ticks[0] ?? 0
  const high = ticks.at(-1) ?? 1
  const height = HEIGHTS[size]
  const axis = Math.max(...names.map((name) => name.length)) * CHARACTER + 10
  const inner = Math.max(1, width - axis - 8)
  const band = inner / Math.max(1, categories.length)
  const isRtl = direction === 'rtl'
  const mirror = (x: number) => (isRtl ? width - x : x)
  const plot: Plot = {
    band,
    x: (index) => mirror(axis + (index + 0.5) * band),
    y: (value) => TOP + ((high - value) / (high - low)) * (height - TOP - BOTTOM),
  }
  const widest = Math.max(1, ...categories.map((category) => category.length)) * CHARACTER + 10
  const every = Math.max(1, Math.ceil(widest / band))

  return (
    <figure ref={methodsRef} className="souk-chart" aria-label={label}>
      <figcaption className="souk-chart-head">
        <span className="souk-chart-title">{label}</span>
        {series.length > 1 ? (
          <ul className="souk-chart-legend">
            {series.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a series is its place, which is its colour.
              <li key={index} data-series={index}>
                {one.label}
              </li>
            ))}
          </ul>
        ) : null}
      </figcaption>
      <div ref={box} className="souk-chart-box" style={{ blockSize: height }}>
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" direction="ltr">
          {ticks.map((tick, index) => (
            <g key={tick}>
              <line
                className="souk-chart-line"
                data-zero={tick === 0 || undefined}
                x1={mirror(axis)}
                x2={mirror(width - 8)}
                y1={plot.y(tick)}
                y2={plot.y(tick)}
              />
              <text
                className="souk-chart-tick"
                x={mirror(axis - 6)}
                y={plot.y(tick) + 4}
                textAnchor={isRtl ? 'start' : 'end'}
              >
                {names[index]}
              </text>
            </g>
          ))}
          {categories.map((category, index) =>
            index % every === 0 ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: two categories may have the same name.
              <text key={index} className="souk-chart-tick" x={plot.x(index)} y={height - 5} textAnchor="middle">
                {category}
              </text>
            ) : null,
          )}
          {children(plot)}
        </svg>
      </div>
      {/* A table is never smaller than what is in it, so what hides it is around it. */}
      <div className="souk-visually-hidden">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <td />
              {series.map((one, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a series is its place.
                <th key={index} scope="col">
                  {one.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {categories.map((category, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two categories may have the same name.
              <tr key={index}>
                <th scope="row">{category}</th>
                {series.map(({ values }, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a series is its place.
                  <td key={place}>{values[index] === undefined ? '' : `${format.format(values[index])}${suffix}`}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}

/** What a mouse that stays on a mark is told. */
export const markTitle = (category: string | undefined, label: string, value: number, unit: string | undefined) =>
  `${category ?? ''} ${label}: ${value}${unit ? ` ${unit}` : ''}`.trim()
