import type { Call } from './call.ts';

/**
 * What procedures outside of a tenant work with. Each router declares the service of its own, so that the ladder knows
 * none of those above it.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the routers' declarations
export interface Services {}

/** What every procedure gets. */
export interface RequestContext extends Call {
  services: Services;
}
