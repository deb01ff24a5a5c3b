/** A Gridwork of one account, in memory: what it answers, refuses and remembers. */
export const createService = (token = 'secret') => {
  const bases = { crm: { people: ['Name', 'City'], deals: ['Title', 'Amount'] }, desk: { bugs: ['Summary'] } }
  const rows: { base: string; table: string; values: object }[] = []
  return {
    rows,
    async fetch(request: Request): Promise<Response> {
      const url = new URL(request.url)
      if (request.headers.get('authorization') !== `Bearer ${token}`) return refuse(401, 'No such token.')
      const [, base, table] = url.pathname.split('/')
      if (!base) return Response.json({ items: Object.keys(bases) })
      const found = Object.entries(bases).find(([id]) => id === base)
      if (!found) return refuse(404, `There is no base ${base}.`)
      const tables: Readonly<Record<string, readonly string[]>> = found[1]
      if (!table) return Response.json({ items: Object.keys(tables) })
      const fields = tables[table]
      if (!fields) return refuse(404, `There is no table ${table}.`)
      if (request.method === 'GET') return Response.json({ items: fields })
      const { values } = await request.json()
      if (!values[fields[0] ?? '']) return refuse(422, 'A row needs its first field.')
      rows.push({ base, table, values })
      return Response.json({ id: rows.length }, { status: 201 })
    },
  }
}

const refuse = (status: number, message: string, more: object = {}) => Response.json({ message, ...more }, { status })
