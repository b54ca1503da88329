import { uploadFeed } from '../../../electron/releases/publishing/upload.ts';
import { words } from '../words/words.ts';

/** Brings the feed into the bucket, where a program for it was named (`--upload-with`, QM_RELEASE_UPLOADER). */
export function bring(feed: string, given: string | undefined, say: (line: string) => void): void {
  const program = given ?? process.env.QM_RELEASE_UPLOADER;
  if (!program) return;
  say(words('release.uploaded', { count: uploadFeed(feed, program) }));
}
