import type { Queryable } from '../src/database'

/**
 * Writes the schema of a migrated database as SQL that creates it again. Made from the catalogue, so that it shows what the
 * migrations made and not what they say; sorted, so that two databases with the same schema give the same text.
 *
 * @param schema As in the database; the text says `souk`.
 */
export const dumpSchema = async (database: Queryable, schema: string): Promise<string> => {
  const read = async (query: string): Promise<readonly string[]> => {
    const rows = await database.query(query, [schema])
    return rows.map((row) => String((row as { sql: unknown }).sql))
  }
  const statements = [
    `create schema ${schema}`,
    ...(await read(SEQUENCES)),
    // Before the tables, whose generated columns call them.
    ...(await read(FUNCTIONS)),
    ...(await read(TABLES)),
    ...(await read(CONSTRAINTS)),
    ...(await read(INDEXES)),
    ...(await read(TRIGGERS)),
    ...(await read(POLICIES)),
  ]
  const text = statements.map((statement) => `${statement.trim()};\n`).join('\n')
  // The schema's name stands before a dot everywhere but in its own creation.
  const renamed = text
    .replaceAll(`"${schema}".`, 'souk.')
    .replaceAll(`${schema}.`, 'souk.')
    .replace(`create schema ${schema};`, 'create schema souk;')
  return `-- Generated from a migrated database: npm run schema -w @souk/storage-pg\n\n${renamed}`
}

const SEQUENCES = `
  select format('create sequence %I.%I', $1::text, c.relname) as sql
  from pg_class c where c.relnamespace = $1::regnamespace and c.relkind = 'S'
    and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'i')
  order by c.relname`

const TABLES = `
  select format(E'create table %I.%I (\\n%s\\n)', $1::text, c.relname, string_agg(
    concat_ws(' ', '  ' || quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
      case when a.attcollation <> t.typcollation then 'collate ' || quote_ident(l.collname) end,
      case when a.attidentity = 'a' then 'generated always as identity'
        when a.attgenerated = 's' then 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
        when d.adbin is not null then 'default ' || pg_get_expr(d.adbin, d.adrelid) end,
      case when a.attnotnull then 'not null' end),
    E',\\n' order by a.attnum)) as sql
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_collation l on l.oid = a.attcollation
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relnamespace = $1::regnamespace and c.relkind = 'r'
  group by c.relname order by c.relname`

const CONSTRAINTS = `
  select format('alter table %I.%I add constraint %I %s', $1::text, c.relname, o.conname, pg_get_constraintdef(o.oid)) as sql
  from pg_constraint o join pg_class c on c.oid = o.conrelid
  where o.connamespace = $1::regnamespace and o.contype in ('p', 'u', 'c', 'f')
  order by position(o.contype::text in 'pucf'), c.relname, o.conname`

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) as sql
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relnamespace = $1::regnamespace
    and not exists (select 1 from pg_constraint o where o.conindid = i.indexrelid and o.contype in ('p', 'u'))
  order by c.relname`

const FUNCTIONS = `
  select pg_get_functiondef(p.oid) as sql from pg_proc p where p.pronamespace = $1::regnamespace order by p.proname`

const TRIGGERS = `
  select pg_get_triggerdef(t.oid) as sql
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where c.relnamespace = $1::regnamespace and not t.tgisinternal
  order by c.relname, t.tgname`

const POLICIES = `
  select format('create policy %I on %I.%I using %s with check %s', p.polname, $1::text, c.relname,
    pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as sql
  from pg_policy p join pg_class c on c.oid = p.polrelid
  where c.relnamespace = $1::regnamespace
  order by c.relname, p.polname`
