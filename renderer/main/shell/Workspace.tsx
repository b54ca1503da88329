import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { useLanguageOfPerson } from '../../lib/use-language-of-person.ts';
import { createAppRouter } from '../routes.tsx';

/** Everything behind the sign-in. A new person gets a new router: no screen of the one before is kept. */
export function Workspace() {
  useLanguageOfPerson();
  const [router] = useState(createAppRouter);
  return <RouterProvider router={router} />;
}
