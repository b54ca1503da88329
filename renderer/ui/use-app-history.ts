import { useRouter, type RouterHistory } from '@tanstack/react-router';

/** The window's history, typed without knowing any window's routes: `history.push('/vendors')`. */
export function useAppHistory(): RouterHistory {
  const router: { history: RouterHistory } = useRouter();
  return router.history;
}
