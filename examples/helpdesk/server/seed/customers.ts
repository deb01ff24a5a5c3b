export interface SeedCustomer {
  readonly id: string
  readonly organizationId: 'acme' | 'globex'
  readonly name: string
  readonly email: string
  readonly company: string | null
  readonly city: string
  /** ISO date. */
  readonly since: string
}

const customer = (
  organizationId: 'acme' | 'globex',
  id: string,
  name: string,
  city: string,
  since: string,
  company: string | null = null,
): SeedCustomer => ({
  id: `${organizationId}-${id}`,
  organizationId,
  name,
  email: `${name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replace(/ +/g, '.')}@${company ? `${company.toLowerCase().replace(/[^a-z]+/g, '-')}.example` : 'mail.example'}`,
  company,
  city,
  since,
})

export const CUSTOMERS: readonly SeedCustomer[] = [
  customer('acme', 'lena', 'Lena Hofmann', 'Munich', '2022-03-14'),
  customer('acme', 'tomas', 'Tomás Herrera', 'Bilbao', '2023-07-02'),
  customer('acme', 'priya', 'Priya Nair', 'Amsterdam', '2021-11-20'),
  customer('acme', 'jonas', 'Jonas Berg', 'Oslo', '2024-02-09', 'Fjell Guides'),
  customer('acme', 'chloe', 'Chloé Martin', 'Lyon', '2024-05-27'),
  customer('acme', 'owen', 'Owen Gallagher', 'Cork', '2020-09-01'),
  customer('acme', 'marta', 'Marta Kowalska', 'Kraków', '2025-01-18'),
  customer('acme', 'eli', 'Eli Rosen', 'Antwerp', '2023-10-30', 'Alpine School'),
  customer('globex', 'sofia', 'Sofia Rinaldi', 'Bologna', '2021-04-22'),
  customer('globex', 'henrik', 'Henrik Dahl', 'Aarhus', '2022-12-05'),
  customer('globex', 'amara', 'Amara Okafor', 'Lisbon', '2024-08-11'),
  customer('globex', 'pieter', 'Pieter de Vries', 'Utrecht', '2023-03-03', 'Kanal Kitchen'),
  customer('globex', 'yuki', 'Yuki Tanaka', 'Berlin', '2020-06-16'),
  customer('globex', 'ines', 'Inês Carvalho', 'Porto', '2025-02-24'),
  customer('globex', 'david', 'David Novák', 'Brno', '2022-10-08'),
]
