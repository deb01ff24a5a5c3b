import { ChartFrame, markTitle } from './chart-frame'
import type { PropsOf } from './component-props'

export const LineChart = ({ methodsRef, ...chart }: PropsOf<'LineChart'>) => {
  const { categories, series, unit } = chart
  const drawn = series.map(({ label, values }) => ({ label, values: values.slice(0, categories.length) }))
  const all = drawn.flatMap(({ values }) => values)
  // Not Math.min(...all): a series may have more values than a function takes arguments.
  const range = all.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [0, 0],
  )
  return (
    <ChartFrame chart={chart} methodsRef={methodsRef} range={range}>
      {({ x, y }) =>
        drawn.map(({ label, values }, index) => {
          const points = values.map((value, place) => `${x(place).toFixed(1)},${y(value).toFixed(1)}`)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a series is its place, which is its colour.
            <g key={index} data-series={index}>
              {drawn.length === 1 && points.length > 1 ? (
                <polygon
                  className="souk-chart-area"
                  points={`${x(0).toFixed(1)},${y(0).toFixed(1)} ${points.join(' ')} ${x(points.length - 1).toFixed(1)},${y(0).toFixed(1)}`}
                />
              ) : null}
              <polyline className="souk-chart-path" points={points.join(' ')} />
              {values.length <= 60
                ? values.map((value, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a point is its place.
                    <circle key={place} className="souk-chart-point" cx={x(place)} cy={y(value)} r="3">
                      <title>{markTitle(categories[place], label, value, unit)}</title>
                    </circle>
                  ))
                : null}
            </g>
          )
        })
      }
    </ChartFrame>
  )
}
