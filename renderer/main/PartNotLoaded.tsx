import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { ProblemState } from '../ui/States.tsx';

/** Stands in for a part of the app that can't be loaded; the way out is to load the window again. */
export function PartNotLoaded() {
  return (
    <ProblemState
      isPage
      title={t`A part of the app could not be loaded`}
      detail={t`Nothing that was saved is lost, and drafts are kept on this computer. Loading the window again usually helps.`}
      action={
        <Button
          onClick={() => {
            window.location.reload();
          }}
        >{t`Load again`}</Button>
      }
    />
  );
}
