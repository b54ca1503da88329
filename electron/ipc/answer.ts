import { t } from '@lingui/core/macro';
import { parseAddress } from './address.ts';
import { channels } from './contract.ts';
import type { ChannelArgs, ChannelName, ChannelResult, WindowKind } from './contract.ts';

/** A refusal in words instead of a result. The message reaches the window unchanged. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The caller as the main process sees it; nothing here comes from the caller itself. */
export interface Sender {
  /** The kind of the window the call came from; undefined when the shell did not open it. */
  readonly window: WindowKind | undefined;
  readonly isMainFrame: boolean;
  readonly frameUrl: string;
}

export type Handlers<Caller> = {
  readonly [N in ChannelName]: (
    caller: Caller,
    ...args: ChannelArgs<N>
  ) => ChannelResult<N> | Promise<ChannelResult<N>>;
};

/** How an answer travels: a rejected promise would arrive in the window wrapped in Electron's own words. */
export type Envelope = { readonly value: unknown } | { readonly refused: string };

/** Whether a frame is the page that belongs in a window of this kind. */
export function isOwnPage(url: string, kind: WindowKind): boolean {
  const page = parseAddress(url);
  return page?.protocol === 'app:' && page.host === kind;
}

/**
 * Checks the sender and the arguments, runs the handler and checks its result.
 * @param report is told what went wrong inside; the window only hears that it failed.
 */
export async function answerCall<N extends ChannelName>(
  name: N,
  sender: Sender,
  rawArgs: readonly unknown[],
  call: (...args: ChannelArgs<N>) => ChannelResult<N> | Promise<ChannelResult<N>>,
  report: (problem: string, cause: unknown) => void,
): Promise<Envelope> {
  const { args, result, windows } = channels[name];
  const allowed: readonly WindowKind[] = windows;
  if (
    sender.window === undefined ||
    !allowed.includes(sender.window) ||
    !sender.isMainFrame ||
    !isOwnPage(sender.frameUrl, sender.window)
  ) {
    report(`${name} was refused to ${sender.window ?? 'an unknown window'}`, undefined);
    return { refused: t`This call is not allowed from here.` };
  }
  const parsed = args.safeParse(rawArgs);
  if (!parsed.success) {
    // The report leaves out the arguments: they may hold a password.
    report(
      `${name} was called with wrong arguments`,
      parsed.error.issues.map((issue) => issue.path.join('.')),
    );
    return { refused: t`The values given are not valid.` };
  }
  try {
    return { value: result.parse(await call(...(parsed.data as ChannelArgs<N>))) };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    report(`${name} failed`, error);
    return { refused: t`This could not be done. Please try again.` };
  }
}
