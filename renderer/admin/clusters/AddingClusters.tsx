import { Section } from '../../ui/Page.tsx';
import classes from './clusters.module.css';

const commands = [
  [
    'npm run clusters -- add --name=east',
    'Adds the server of QM_CLUSTER_URL; repeated, it changes the address.',
  ],
  ['npm run clusters -- remove --name=east', 'Forgets a server on which no organisation lives.'],
  ['npm run clusters', 'Lists them all, as above.'],
] as const;

/** How a server comes in and goes: not by this window. */
export function AddingClusters() {
  return (
    <Section title="Adding a server">
      <div className={classes.words}>
        <p>
          Servers are added on the command line, where the API runs: the login that makes databases there must
          not pass through a window. Put its address into the variable{' '}
          <span className={classes.command}>QM_CLUSTER_URL</span>, then name the server.
        </p>
        <dl>
          {commands.map(([command, what]) => (
            <div key={command}>
              <dt className={classes.command}>{command}</dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}
