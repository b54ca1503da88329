export type MailKind = 'signup' | 'invite' | 'recovery' | 'magiclink' | 'email_change' | 'reauthentication';

/** The languages that mails are written in. */
const mailLanguages = ['en', 'hi'] as const;
export type MailLanguage = (typeof mailLanguages)[number];

/** The subject of each mail. */
export const subjects: Readonly<Record<MailLanguage, Readonly<Record<MailKind, string>>>> = {
  en: {
    signup: 'Confirm your e-mail address',
    invite: 'You have been invited',
    recovery: 'Reset your password',
    magiclink: 'Your sign-in link',
    email_change: 'Confirm your new e-mail address',
    reauthentication: 'Confirm that it is you',
  },
  hi: {
    signup: 'अपने ई-मेल पते की पुष्टि करें',
    invite: 'आपको न्योता मिला है',
    recovery: 'नया पासवर्ड चुनें',
    magiclink: 'आपका साइन इन लिंक',
    email_change: 'अपने नए ई-मेल पते की पुष्टि करें',
    reauthentication: 'पुष्टि करें कि यह आप ही हैं',
  },
};

/** The page that shows the mails which were kept instead of sent. */
export const outboxWords: Readonly<
  Record<
    MailLanguage,
    {
      title: string;
      about: string;
      none: string;
      to: (address: string) => string;
      kinds: Readonly<Record<MailKind, string>>;
    }
  >
> = {
  en: {
    title: 'Outbox',
    about: 'Mails of the local auth server, newest first. None of them left this machine.',
    none: 'No mail yet.',
    to: (address) => `to ${address}`,
    kinds: {
      signup: 'sign-up',
      invite: 'invitation',
      recovery: 'recovery',
      magiclink: 'sign-in link',
      email_change: 'change of address',
      reauthentication: 'confirmation',
    },
  },
  hi: {
    title: 'आउटबॉक्स',
    about: 'लोकल ऑथ सर्वर के मेल, सबसे नया पहले। इनमें से कोई इस मशीन से बाहर नहीं गया।',
    none: 'अभी कोई मेल नहीं।',
    to: (address) => `${address} को`,
    kinds: {
      signup: 'नया खाता',
      invite: 'न्योता',
      recovery: 'नया पासवर्ड',
      magiclink: 'साइन इन लिंक',
      email_change: 'ई-मेल पता बदलना',
      reauthentication: 'पुष्टि',
    },
  },
};

/**
 * The requester's language, by the quality values of `Accept-Language` (RFC 9110, section 12.5.4); English when the
 * header names no language that mails are written in.
 */
export function mailLanguageOf(header: string | undefined): MailLanguage {
  let best: { language: MailLanguage; quality: number } | undefined;
  for (const range of (header ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...options] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = mailLanguages.find((one) => one === tag.split('-')[0]);
    const weight = options.find((option) => option.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice(2)) || 0;
    if (language && quality > (best?.quality ?? 0)) best = { language, quality };
  }
  return best?.language ?? 'en';
}
