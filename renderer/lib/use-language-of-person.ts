import { useEffect } from 'react';
import { followPerson } from '../words/language.ts';
import { useMe, useServices } from './services.tsx';

/** A language chosen on one computer applies on every other. Where it can't be kept, it holds on this one. */
export function useLanguageOfPerson(): void {
  const { employee, language } = useMe();
  const { client } = useServices();
  const belongs = employee !== null;
  useEffect(() => {
    if (!belongs) return;
    followPerson(language, (chosen) => client.auth.chooseLanguage.mutate({ language: chosen })).catch(
      () => undefined,
    );
  }, [belongs, language, client]);
}
