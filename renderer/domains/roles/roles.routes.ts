import { screenRoutes } from '../../lib/screen-routes.ts';

export const roleRoutes = screenRoutes([]);
