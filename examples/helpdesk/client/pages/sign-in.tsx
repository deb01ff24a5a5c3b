import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { api, type Person } from '../api'
import { Avatar } from '../components/avatar'
import { LoadError } from '../components/load-error'
import { Logo } from '../components/logo'
import { describeRole } from '../components/user-menu'
import { useDocumentTitle } from '../use-document-title'
import { useResource } from '../use-resource'

export const SignIn = ({ onSignedIn }: { readonly onSignedIn: (person: Person) => void }) => {
  const { data: people, error, reload } = useResource(api.people)
  useDocumentTitle('Sign in')
  const [problem, setProblem] = useState<string>()
  const organizations = [...new Map(people?.map(({ organization }) => [organization.id, organization])).values()]

  const signIn = async (personId: string) => {
    try {
      onSignedIn(await api.signIn(personId))
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : String(failure))
    }
  }

  return (
    <div className="fh-sign-in">
      <section className="fh-sign-in-brand">
        <div className="fh-brand">
          <Logo size={34} />
          <strong>Fernhill Desk</strong>
        </div>
        <div>
          <h1>Every customer, every order, one calm inbox.</h1>
          <p>
            A help desk with room for the tools your team already uses, built by anyone, shown right beside the ticket.
          </p>
        </div>
        <small>A demonstration of Souk, the app marketplace that lives inside your product.</small>
      </section>
      <main className="fh-sign-in-people">
        <div>
          <h2>Who would you like to be?</h2>
          <p className="fh-muted">
            This is a demonstration: choose a person, no password needed. You can switch at any time.
          </p>
          {problem ? (
            <p className="fh-field-error" role="alert">
              {problem}
            </p>
          ) : null}
          {error ? <LoadError error={error} onRetry={reload} /> : null}
          {organizations.map((organization) => (
            <section key={organization.id} aria-label={organization.name}>
              <h3>{organization.name}</h3>
              <div className="fh-people">
                {people
                  ?.filter((person) => person.organization.id === organization.id)
                  .map((person) => (
                    <button key={person.id} type="button" className="fh-person" onClick={() => signIn(person.id)}>
                      <Avatar name={person.name} size="large" />
                      <span>
                        <strong>{person.name}</strong>
                        <small>
                          {person.title} · {describeRole(person)}
                        </small>
                      </span>
                      <ArrowRight size={16} aria-hidden="true" />
                    </button>
                  ))}
              </div>
            </section>
          ))}
        </div>
      </main>
    </div>
  )
}
