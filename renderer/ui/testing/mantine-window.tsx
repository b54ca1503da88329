import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach } from 'vitest';
import { theme } from '../theme/theme.ts';

class NoResize {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

// jsdom has no layout: what Mantine asks of a browser's is answered as on a wide, still screen.
window.matchMedia = (query) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    dispatchEvent: () => false,
    onchange: null,
  }) satisfies MediaQueryList;
window.ResizeObserver = NoResize;
Object.defineProperties(HTMLElement.prototype, {
  clientWidth: { configurable: true, value: 1024 },
  clientHeight: { configurable: true, value: 640 },
});
Element.prototype.scrollIntoView = () => undefined;

afterEach(cleanup);

/** Renders under the real theme, without transitions. */
export function renderInWindow(node: ReactNode) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(node, {
    wrapper: ({ children }) => (
      <MantineProvider theme={theme} env="test">
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </MantineProvider>
    ),
  });
}
