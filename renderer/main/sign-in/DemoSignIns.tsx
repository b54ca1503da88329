import { t } from '@lingui/core/macro';
import classes from './SignIn.module.css';

/** The sign-ins of the local default (README). Offered only when the server says that this is the demo. */
const people = [
  ['owner@acme.test', 'Acme, owner'],
  ['buyer@acme.test', 'Acme, buyer'],
  ['approver@acme.test', 'Acme, approver'],
  ['warehouse@acme.test', 'Acme, warehouse'],
  ['sales@acme.test', 'Acme, sales desk'],
  ['viewer@acme.test', 'Acme, viewer'],
  ['owner@globex.test', 'Globex, owner'],
  ['operator@quartermaster.test', t`Platform operator`],
] as const;
const password = 'quartermaster';

export function DemoSignIns({
  disabled,
  onPick,
}: {
  disabled: boolean;
  onPick: (email: string, password: string) => void;
}) {
  return (
    <section className={classes.demo} aria-label={t`Demo sign-ins`}>
      <h2>{t`Demo data on this computer. Sign in as`}</h2>
      <ul>
        {people.map(([email, role]) => (
          <li key={email}>
            <button
              type="button"
              disabled={disabled}
              onClick={() => {
                onPick(email, password);
              }}
            >
              <span>{role}</span>
              <span className={classes.address}>{email}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
