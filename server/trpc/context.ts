import type { Services } from '../services.ts';
import type { Call } from './call.ts';

/** What every procedure gets. */
export interface RequestContext extends Call {
  /** What procedures outside of a tenant work with. */
  services: Services;
}
