import type { AuthSettings } from './settings.ts';

export class Mailer {
  constructor(_options: { baseUrl: string; settings: AuthSettings; outboxFile: string | undefined }) {}
}
