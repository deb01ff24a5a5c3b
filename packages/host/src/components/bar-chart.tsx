import { ChartFrame, markTitle } from './chart-frame'
import type { PropsOf } from './component-props'

/** Of a band, how much the bars take. */
const FILLED = 0.68
const WIDEST = 44

export const BarChart = ({ stacked = false, methodsRef, ...chart }: PropsOf<'BarChart'>) => {
  const { categories, series, unit } = chart
  /** Where each bar starts and ends. Stacked, bars below zero hang under those above it. */
  const bars = categories.map((_, place) => {
    let above = 0
    let below = 0
    return series.map(({ values }) => {
      const value = values[place] ?? 0
      const from = stacked ? (value < 0 ? below : above) : 0
      if (value < 0) below = from + value
      else above = from + value
      return { value, from, to: from + value }
    })
  })
  const range = bars
    .flat()
    .reduce<[number, number]>(([low, high], { to }) => [Math.min(low, to), Math.max(high, to)], [0, 0])
  return (
    <ChartFrame chart={chart} methodsRef={methodsRef} range={range}>
      {({ band, x, y }) => {
        const beside = stacked ? 1 : Math.max(1, series.length)
        const gap = beside > 1 ? 2 : 0
        const width = Math.min(WIDEST, (band * FILLED) / beside - gap)
        const whole = (width + gap) * beside - gap
        return bars.map((marks, place) =>
          marks.map(({ value, from, to }, index) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place.
              key={`${place}-${index}`}
              className="souk-chart-bar"
              data-series={index}
              x={x(place) - whole / 2 + (stacked ? 0 : index * (width + gap))}
              y={Math.min(y(from), y(to))}
              width={Math.max(1, width)}
              height={Math.abs(y(from) - y(to))}
              rx={stacked ? 0 : Math.min(3, width / 3)}
            >
              <title>{markTitle(categories[place], series[index]?.label ?? '', value, unit)}</title>
            </rect>
          )),
        )
      }}
    </ChartFrame>
  )
}
