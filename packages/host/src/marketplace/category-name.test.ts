import { expect, test } from 'vitest'
import { categoryName } from './category-name'

test.each([
  ['commerce', 'Commerce'],
  ['customer-support', 'Customer support'],
  ['Data_sync', 'Data sync'],
  ['CRM', 'CRM'],
  ['', ''],
])('the category %j reads %j', (category, name) => {
  expect(categoryName(category)).toBe(name)
})
