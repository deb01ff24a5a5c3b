import { Search } from 'lucide-react'
import { useState } from 'react'
import { api, type Customer } from '../api'
import { Avatar } from '../components/avatar'
import { LoadError } from '../components/load-error'
import { PageHeader } from '../components/page-header'
import { formatMonth } from '../format'
import { useResource } from '../use-resource'

const matches = (customer: Customer, search: string): boolean =>
  [customer.name, customer.email, customer.company ?? '', customer.city].some((text) =>
    text.toLowerCase().includes(search.trim().toLowerCase()),
  )

export const Customers = () => {
  const { data: customers, error, reload } = useResource(api.customers)
  const [search, setSearch] = useState('')
  const shown = customers?.filter((customer) => matches(customer, search))
  return (
    <div className="fh-page">
      <PageHeader
        title="Customers"
        description={customers ? `${customers.length} people who have written to you.` : undefined}
        actions={
          <label className="fh-search">
            <Search size={16} aria-hidden="true" />
            <input
              type="search"
              placeholder="Search customers"
              aria-label="Search customers"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </label>
        }
      />
      {error ? <LoadError error={error} onRetry={reload} /> : null}
      {shown ? (
        <div className="fh-panel">
          <table className="fh-table">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">E-mail</th>
                <th scope="col">City</th>
                <th scope="col">Customer since</th>
                <th scope="col">Tickets</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((customer) => (
                <CustomerRow key={customer.id} customer={customer} />
              ))}
            </tbody>
          </table>
          {shown.length === 0 ? (
            <div className="fh-empty">
              <h2>No customers</h2>
              <p>{search ? 'Nobody matches this search.' : 'Whoever writes to you will be listed here.'}</p>
            </div>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

const CustomerRow = ({ customer }: { readonly customer: Customer }) => (
  <tr>
    <td>
      <span className="fh-customer">
        <Avatar name={customer.name} />
        <span className="fh-customer-name">
          <strong>{customer.name}</strong>
          {customer.company ? <small>{customer.company}</small> : null}
        </span>
      </span>
    </td>
    <td>
      <a href={`mailto:${customer.email}`}>{customer.email}</a>
    </td>
    <td>{customer.city}</td>
    <td>{formatMonth(customer.since)}</td>
    <td>
      {customer.tickets}
      {customer.openTickets > 0 ? <span className="fh-muted"> · {customer.openTickets} unsolved</span> : null}
    </td>
  </tr>
)
