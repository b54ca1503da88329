import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Section } from '../../ui/Page.tsx';
import classes from './clusters.module.css';

const commands = [
  [
    'npm run clusters -- add --name=east',
    t`Adds the server of QM_CLUSTER_URL; repeated, it changes the address.`,
  ],
  ['npm run clusters -- remove --name=east', t`Forgets a server on which no organisation lives.`],
  ['npm run clusters', t`Lists them all, as above.`],
] as const;

/** How to add and remove a server, which this window can't do. */
export function AddingClusters() {
  return (
    <Section title={t`Adding a server`}>
      <div className={classes.words}>
        <p>
          <Trans>
            Servers are added on the command line, where the API runs: the login that makes databases there
            must not pass through a window. Put its address into the variable{' '}
            <span className={classes.command}>QM_CLUSTER_URL</span>, then name the server.
          </Trans>
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
