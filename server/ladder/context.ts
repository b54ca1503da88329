import type { Call } from './call.ts';

/**
 * The context of procedures outside of a tenant. Each router declares its own service, so that the ladder knows none of
 * the rooms above it.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by the routers' declarations
export interface Services {}

/** The context of every procedure. */
export interface RequestContext extends Call {
  services: Services;
}
