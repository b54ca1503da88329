import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { ProblemState } from '../ui/States.tsx';
import classes from './StartScreen.module.css';

/**
 * The last net, around the whole window: a part of the app that couldn't be fetched (an update replaced it, the network
 * broke) or a failure outside of any screen. Screens have nets of their own.
 */
export class FailureBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    console.error('The window failed:', error);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className={classes.centre}>
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
      </div>
    );
  }
}
