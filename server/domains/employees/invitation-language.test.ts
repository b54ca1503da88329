import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFixture } from '../../../tests/fixtures/local-auth.ts';
import type { AuthFixture } from '../../../tests/fixtures/local-auth.ts';
import { caller, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { languages } from '../../ground/languages.contract.ts';
import type { Language } from '../../ground/languages.contract.ts';

/** An invited person's language is not known: the mail is in the inviter's language. */
let auth: AuthFixture;
let trade: TradingTenant;
beforeAll(async () => {
  auth = await startFixture(15_671);
  trade = await tradingTenant('invitations', { url: auth.url, serviceRoleKey: auth.secrets.serviceRoleKey });
});
afterAll(async () => {
  await trade.close();
  await auth.close();
});

const subjects: Readonly<Record<Language, { invite: string; magiclink: string }>> = {
  en: { invite: 'You have been invited', magiclink: 'Your sign-in link' },
  hi: { invite: 'आपको न्योता मिला है', magiclink: 'आपका साइन इन लिंक' },
};

test.each(languages)('an invitation and the proof of a known address are written in %s', async (language) => {
  const { employees } = caller({ ...(await trade.tenant.as('owner')), language });
  const invite = async (email: string) => {
    const employee = await employees.create({ name: 'Ravi Kulkarni', email });
    await employees.linkSignIn({ id: employee.id, version: employee.version });
    return auth.mailTo(email);
  };
  const newcomer = `new-${language}@acme.test`;
  expect(await invite(newcomer)).toMatchObject({ kind: 'invite', subject: subjects[language].invite });
  const { email: known } = await auth.newUser();
  expect(await invite(known)).toMatchObject({ kind: 'magiclink', subject: subjects[language].magiclink });
});
