import { ipcRenderer } from 'electron';
import type { Envelope } from '../ipc/answer.ts';
import type {
  Announcement,
  AnnouncementName,
  ChannelArgs,
  ChannelName,
  ChannelResult,
  Unsubscribe,
} from '../ipc/contract.ts';

/** Calls the main process; rejects with its words when the call was refused. */
export async function call<N extends ChannelName>(
  name: N,
  ...args: ChannelArgs<N>
): Promise<ChannelResult<N>> {
  const envelope = (await ipcRenderer.invoke(name, ...args)) as Envelope;
  if ('refused' in envelope) throw new Error(envelope.refused);
  return envelope.value as ChannelResult<N>;
}

/** Listens to the main process. The listener never sees Electron's event. */
export function listen<N extends AnnouncementName>(
  name: N,
  listener: (value: Announcement<N>) => void,
): Unsubscribe {
  const forward = (_event: unknown, value: Announcement<N>) => listener(value);
  ipcRenderer.on(name, forward);
  return () => void ipcRenderer.removeListener(name, forward);
}
