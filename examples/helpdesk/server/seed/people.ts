/** The organizations and people of the demonstration. Nobody has a password: the sign-in page lets you choose a person. */
export const ORGANIZATIONS = [
  { id: 'acme', name: 'Acme Outdoor' },
  { id: 'globex', name: 'Globex Home' },
  { id: 'northwind', name: 'Northwind' },
  { id: 'fernhill', name: 'Fernhill' },
] as const

export const PEOPLE = [
  {
    id: 'ada',
    organizationId: 'acme',
    name: 'Ada Lindqvist',
    email: 'ada@acme-outdoor.example',
    role: 'admin',
    reviewer: false,
    title: 'Head of support',
  },
  {
    id: 'max',
    organizationId: 'acme',
    name: 'Max Oduya',
    email: 'max@acme-outdoor.example',
    role: 'member',
    reviewer: false,
    title: 'Support agent',
  },
  {
    id: 'grace',
    organizationId: 'globex',
    name: 'Grace Moreau',
    email: 'grace@globex-home.example',
    role: 'admin',
    reviewer: false,
    title: 'Customer care lead',
  },
  {
    id: 'gus',
    organizationId: 'globex',
    name: 'Gus Pereira',
    email: 'gus@globex-home.example',
    role: 'member',
    reviewer: false,
    title: 'Support agent',
  },
  {
    id: 'nora',
    organizationId: 'northwind',
    name: 'Nora Brandt',
    email: 'nora@northwind.example',
    role: 'admin',
    reviewer: false,
    title: 'App developer',
  },
  {
    id: 'rhea',
    organizationId: 'fernhill',
    name: 'Rhea Castellan',
    email: 'rhea@fernhill.example',
    role: 'admin',
    reviewer: true,
    title: 'Marketplace reviewer',
  },
] as const
