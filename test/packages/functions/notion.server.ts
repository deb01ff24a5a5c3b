import { Client } from '@notionhq/client'

export const run = async () => {
  const notion = new Client({ auth: 'ntn_1' })
  const { id } = await notion.pages.retrieve({ page_id: 'p1' })
  return id
}
