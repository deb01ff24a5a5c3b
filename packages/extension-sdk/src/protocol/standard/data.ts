import type { ComponentContract } from '../contract'
import { base, container, flag, named, oneOf, optionalStrings, string, strings, text, tone } from './parts'

/** What shows records and numbers. */
export const createDataComponents = () => {
  const align = oneOf('start', 'center', 'end')
  const number = { type: 'number' } as const
  const direction = { type: 'enum', values: ['ascending', 'descending'] } as const

  const chart = {
    ...base,
    props: {
      label: string,
      /** What the places on the horizontal axis are called. */
      categories: strings,
      /** One value for each category. */
      series: {
        type: 'array',
        items: { type: 'object', fields: { label: string, values: { type: 'array', items: number } } },
        maxItems: 6,
      },
      /** Written after each number, such as `%` or `€`. */
      unit: text,
      height: oneOf('small', 'medium', 'large'),
    },
    named,
  } as const satisfies Omit<ComponentContract, 'description'>

  return {
    List: { ...container, description: 'Items of one kind.', props: { label: text } },
    ListItem: {
      ...container,
      description: 'One item of a list.',
      props: { title: text, description: text },
      events: { onPress: [] },
      slots: ['leading', 'trailing'],
    },
    DescriptionList: {
      ...base,
      description: 'Names and their values.',
      props: {
        items: { type: 'array', items: { type: 'object', fields: { label: string, value: string } } },
        columns: oneOf('1', '2'),
      },
    },
    Stat: {
      ...base,
      description: 'One number that matters.',
      props: { label: string, value: string, change: text, tone },
    },
    Table: {
      ...container,
      description:
        'Rows and columns. Thousands of rows are given as data: only those in sight are drawn. A few are given as children.',
      props: {
        label: string,
        columns: {
          type: 'array',
          items: {
            type: 'object',
            fields: {
              id: string,
              label: string,
              align,
              sortable: flag,
              width: { type: 'number', min: 40, max: 1000, optional: true },
            },
          },
          maxItems: 50,
          optional: true,
        },
        rows: {
          type: 'array',
          items: { type: 'object', fields: { id: string, cells: strings } },
          optional: true,
        },
        /** Without onSortChange, the product sorts the rows itself. */
        sort: { type: 'object', fields: { column: string, direction }, optional: true },
        selection: oneOf('none', 'single', 'multiple'),
        selected: optionalStrings,
        pageSize: { type: 'number', min: 1, max: 1000, integer: true, optional: true },
        height: oneOf('auto', 'small', 'medium', 'large'),
        loading: flag,
        emptyText: text,
      },
      events: { onSortChange: [string, direction], onSelectionChange: [strings], onRowPress: [string] },
      controlled: { value: 'selected', event: 'onSelectionChange' },
      named,
    },
    TableHead: { ...container, description: 'The row of column names.' },
    TableColumn: {
      ...container,
      description: 'The name of a column. With onSort it is a button.',
      props: { align, sort: oneOf('none', 'ascending', 'descending') },
      events: { onSort: [] },
    },
    TableBody: { ...container, description: 'The rows.' },
    TableRow: { ...container, description: 'One row.', props: { selected: flag }, events: { onPress: [] } },
    TableCell: { ...container, description: 'One cell.', props: { align, header: flag } },
    Pagination: {
      ...base,
      description: 'Goes through the pages of a long list. Pages count from 1.',
      props: {
        label: string,
        page: { type: 'number', min: 1, integer: true, optional: true },
        pageCount: { type: 'number', min: 1, integer: true },
      },
      events: { onChange: [{ type: 'number', min: 1, integer: true }] },
      controlled: { value: 'page', event: 'onChange' },
      named,
    },
    Timeline: { ...container, description: 'What happened, in order.', props: { label: text } },
    TimelineItem: {
      ...container,
      description: 'One thing that happened.',
      props: { title: string, time: text, tone },
    },
    Steps: {
      ...base,
      description: 'How far someone is on a way of several steps. They count from 1.',
      props: {
        label: string,
        items: { type: 'array', items: { type: 'object', fields: { label: string, description: text } }, maxItems: 20 },
        current: { type: 'number', min: 1, integer: true },
      },
      named,
    },
    LineChart: { ...chart, description: 'How numbers change.' },
    BarChart: { ...chart, description: 'Numbers beside one another.', props: { ...chart.props, stacked: flag } },
  } as const satisfies Readonly<Record<string, ComponentContract>>
}
