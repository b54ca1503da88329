import { screenRoutes } from '../../lib/screen-routes.ts';

export const warehouseRoutes = screenRoutes([]);
