/** Everything the publisher's side refuses, with its parameters; the commands have the words. */
export interface PublishingRefusals {
  repository_exists: { folder: string };
  no_repository: { folder: string };
  key_missing: { role: string; ids: string };
  root_keys: { needed: number };
  key_unreadable: { file: string };
  key_kind: { file: string };
  unknown_key: { key: string };
  signer_failed: { program: string; key: string };
  other_bytes: { name: string };
  unknown_version: { version: string; channel: string };
  lower_share: { version: string; percent: number };
  upload_failed: { program: string; name: string };
}

/** The publisher asked for what can't be done; nothing was changed. */
export class PublishingError<Code extends keyof PublishingRefusals = keyof PublishingRefusals> extends Error {
  readonly code: Code;
  readonly told: PublishingRefusals[Code];

  constructor(code: Code, told: PublishingRefusals[Code], cause?: unknown) {
    super(`${code} ${JSON.stringify(told)}`, { cause });
    this.code = code;
    this.told = told;
  }
}
