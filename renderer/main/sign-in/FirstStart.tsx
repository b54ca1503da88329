import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { usePageTitle } from '../../lib/page-title.ts';
import { useStarted } from '../../lib/started.ts';
import { LanguageChoice } from '../../words/LanguageChoice.tsx';
import { Mark } from './Mark.tsx';
import { ServerForm } from './ServerForm.tsx';
import classes from './SignIn.module.css';

const nothing = () => undefined;

/** An app that was told of no server yet: it asks for the address, and the shell keeps it. */
export function FirstStart() {
  useStarted(true);
  usePageTitle(t`Connect to a server`);
  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <Mark />
        <Text>{t`Which server does your organisation work with? A link in a mail from your administrators can answer this too.`}</Text>
        <ServerForm onDone={nothing} />
        <LanguageChoice />
      </div>
    </main>
  );
}
