import { Component, type ReactNode } from 'react';
import { PartNotLoaded } from './PartNotLoaded.tsx';
import classes from './StartScreen.module.css';

/**
 * The last error boundary, around the whole window: a part of the app that couldn't be fetched (an update replaced it,
 * the network broke) or a failure outside of any screen. Screens have boundaries of their own.
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
        <PartNotLoaded />
      </div>
    );
  }
}
