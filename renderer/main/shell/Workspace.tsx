import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { loadAhead } from '../../lib/app-parts.ts';
import { useLanguageOfPerson } from '../../lib/use-language-of-person.ts';
import { createAppRouter, screenLoaders } from '../routes.tsx';

/** Milliseconds after the first screen, when the connection is free for the others. */
const quietAfter = 2500;

/** Everything behind the sign-in. A new person gets a new router: no screen of the one before is kept. */
export function Workspace() {
  useLanguageOfPerson();
  const [router] = useState(createAppRouter);
  // A handheld loses its server now and then: every screen opens all the same, and says what it can't read.
  useEffect(() => {
    const timer = setTimeout(() => void loadAhead(screenLoaders), quietAfter);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return <RouterProvider router={router} />;
}
