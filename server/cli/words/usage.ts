import type { Language } from '../../ground/languages.contract.ts';

interface Usage extends Readonly<Record<Language, string>> {
  /** The ways to call it, as they are typed. */
  readonly calls: readonly string[];
}

/** The `--help` text of each command that works on tenants or publishes releases. */
const usages = {
  'provision-tenant': {
    calls: [
      'npm run provision:tenant -- --tenant-id=acme --tenant-name="Acme Corp" [--owner-email=…] [--owner-name=…] [--owner-password-from=prompt|stdin|FILE] [--plan=standard|enterprise] [--cluster=east]',
    ],
    en: 'Makes a tenant: login, database, policies, first owner. Safe to repeat: one that was interrupted is finished.',
    hi: 'टेनेंट बनाता है: लॉगिन, डेटाबेस, नियम, पहला मालिक। दोबारा चलाना सुरक्षित है: जो अधूरा रहा, वह पूरा होता है।',
  },
  'migrate-domain': {
    calls: [
      'npm run migrate:domain -- --tenant-id=acme [--seed] [--dry-run]',
      'npm run migrate:domain -- --all [--parallel=4] [--dry-run]',
      'npm run migrate:domain -- --status',
    ],
    en: 'Brings databases to the newest schema. A tenant that fails is quarantined; the others go on.',
    hi: 'डेटाबेस को सबसे नए स्कीमा पर लाता है। जिस टेनेंट में गड़बड़ हो, वह क्वारंटीन में जाता है; बाकी चलते रहते हैं।',
  },
  'deprovision-tenant': {
    calls: [
      'npm run deprovision:tenant -- --tenant-id=acme --confirm=acme [--grace-days=7]',
      'npm run deprovision:tenant -- --tenant-id=acme --undo',
      'npm run deprovision:tenant -- --purge',
    ],
    en: 'Exports everything, signs everyone out and deletes the database after the grace period.',
    hi: 'सब कुछ एक्सपोर्ट करता है, सबको साइन आउट करता है और मोहलत के बाद डेटाबेस मिटा देता है।',
  },
  'export-tenant': {
    calls: ['npm run export:tenant -- --tenant-id=acme [--out=folder]'],
    en: 'Writes every table of a tenant into files, all from one moment. The tenant works on.',
    hi: 'टेनेंट की हर टेबल को फ़ाइलों में लिखता है, सब एक ही समय की। टेनेंट का काम चलता रहता है।',
  },
  'restore-tenant': {
    calls: ['npm run restore:tenant -- --from=folder [--tenant-id=acme2] [--cluster=east]'],
    en: 'Brings a tenant that is gone back from its export. Every file is checked first.',
    hi: 'हटाए गए टेनेंट को उसके एक्सपोर्ट से वापस लाता है। पहले हर फ़ाइल जाँची जाती है।',
  },
  'move-tenant': {
    calls: ['npm run move:tenant -- --tenant-id=acme --to=east'],
    en: 'Moves a tenant to another cluster while its people work.',
    hi: 'टेनेंट को दूसरे क्लस्टर पर ले जाता है; लोगों का काम चलता रहता है।',
  },
  clusters: {
    calls: [
      'npm run clusters -- list',
      'QM_CLUSTER_URL=… npm run clusters -- add --name=east [--tenant-endpoint=host:port]',
      'npm run clusters -- open|close|remove --name=east',
      'npm run clusters -- pooler --name=east [--tenant-endpoint=host:port]',
    ],
    en: 'The PostgreSQL servers that tenants live on.',
    hi: 'PostgreSQL सर्वर, जिन पर टेनेंट रहते हैं।',
  },
  'rotate-secret-key': {
    calls: ['QM_SECRET_KEY=… QM_SECRET_KEY_NEW=… npm run rotate:secret-key'],
    en: 'Seals the installation’s root key with another QM_SECRET_KEY.',
    hi: 'इंस्टॉलेशन की मुख्य कुंजी को नई QM_SECRET_KEY से बंद करता है।',
  },
  reconcile: {
    calls: ['npm run reconcile [-- --tenant-id=acme]'],
    en: 'Proves that stock is what the ledger, the reservations and the open orders add up to. Changes nothing.',
    hi: 'जाँचता है कि स्टॉक, बही, रिज़र्व और खुले ऑर्डरों से मेल खाता है। कुछ नहीं बदलता।',
  },
  tenants: {
    calls: [
      'npm run tenants -- list [--status=active,locked] [--search=acme] [--limit=200]',
      'npm run tenants -- show|reactivate --tenant-id=acme',
      'npm run tenants -- events --tenant-id=acme [--follow]',
      'npm run tenants -- health [--tenant-id=acme]',
      'npm run tenants -- suspend|lockdown --tenant-id=acme [--reason="…"]',
    ],
    en: 'What there is of tenants, and what is done to them. --json prints it for scripts.',
    hi: 'टेनेंटों की जानकारी, और उन पर किए जाने वाले काम। --json स्क्रिप्ट के लिए छापता है।',
  },
  sessions: {
    calls: [
      'npm run sessions -- list [--tenant-id=acme] [--email=owner@acme.test] [--active] [--limit=50]',
      'npm run sessions -- revoke-user --email=owner@acme.test [--reason="…"]',
      'npm run sessions -- revoke-tenant --tenant-id=acme [--reason="…"]',
      'npm run sessions -- forget-keys',
    ],
    en: 'Who is signed in, over all tenants, and how that is ended. --json prints it for scripts.',
    hi: 'सभी टेनेंटों में कौन साइन इन है, और उसे कैसे बंद करें। --json स्क्रिप्ट के लिए छापता है।',
  },
  audit: {
    calls: [
      'npm run audit -- [--tenant-id=acme] [--action=…] [--outcome=failed,refused] [--actor=cli:root] [--from=2026-05-04] [--to=…] [--search=…] [--limit=50] [--json]',
    ],
    en: 'The platform’s audit trail, newest first.',
    hi: 'प्लेटफ़ॉर्म के बदलावों का रिकॉर्ड, सबसे नया पहले।',
  },
  operators: {
    calls: [
      'npm run operators -- list',
      'npm run operators -- add --email=jane@example.com [--name="Jane Doe"] [--password-from=prompt|stdin|FILE]',
      'npm run operators -- remove --email=jane@example.com',
    ],
    en: 'Who may open the administration. Without a password the person is invited by e-mail.',
    hi: 'एडमिनिस्ट्रेशन कौन खोल सकता है। पासवर्ड न दें तो व्यक्ति को ई-मेल से न्योता जाता है।',
  },
  release: {
    calls: [
      'npm run release -- --version=1.2.0 [--channel=stable|beta] --feed=FOLDER --keys=FOLDER --url=https://… [--percent=10] [--critical] [--from-min=1.0.0] [--from-max=1.1.9] [--out=FOLDER]',
      'npm run release -- --version=1.2.0 --built=FOLDER --feed=FOLDER --keys=FOLDER [--upload-with=PROGRAM]',
    ],
    en: 'Builds what this machine can, with bill of materials and checksums, signs it and publishes it into the feed. --built takes packages built elsewhere. Safe to repeat.',
    hi: 'इस मशीन पर जो बन सके उसे हिस्सों की सूची और चेकसम के साथ बनाता है, हस्ताक्षर करता है और फ़ीड में प्रकाशित करता है। --built कहीं और बने पैकेज लेता है। दोबारा चलाना सुरक्षित है।',
  },
  'release-keys': {
    calls: [
      'npm run release:keys -- make --out=FOLDER --feed=FOLDER [--passphrase-from=prompt|stdin|FILE | --unencrypted]',
      'npm run release:keys -- rotate --replace=ROLE|KEY --out=FOLDER --keys=FOLDER,FOLDER --feed=FOLDER [--with=FILE.pub.pem]',
      'npm run release:keys -- show --feed=FOLDER [--keys=FOLDER]',
    ],
    en: 'Makes the keys that sign releases, changes them, and shows which there are. Changing any key takes two of the three root keys.',
    hi: 'रिलीज़ पर हस्ताक्षर करने वाली कुंजियाँ बनाता है, बदलता है और दिखाता है। कोई भी कुंजी बदलने के लिए तीन में से दो root कुंजियाँ चाहिए।',
  },
  'release-promote': {
    calls: [
      'npm run release:promote -- --version=1.2.0 [--channel=stable] [--percent=100] [--critical] --feed=FOLDER --keys=FOLDER',
    ],
    en: 'Offers a release to more installations. Its share only grows.',
    hi: 'रिलीज़ ज़्यादा इंस्टॉलेशन को देता है। हिस्सा सिर्फ़ बढ़ता है।',
  },
  'release-halt': {
    calls: [
      'npm run release:halt -- --version=1.2.0 [--channel=stable] [--undo] --feed=FOLDER --keys=FOLDER',
    ],
    en: 'Withdraws a release at once. Who has installed it keeps it until a newer one comes.',
    hi: 'रिलीज़ तुरंत वापस लेता है। जिसने इंस्टॉल कर ली, उसके पास नई आने तक रहती है।',
  },
  'release-refresh': {
    calls: ['npm run release:refresh -- --feed=FOLDER --keys=FOLDER'],
    en: 'Signs snapshot and timestamp again, every night: a feed whose word is older than a week is not believed.',
    hi: 'हर रात snapshot और timestamp पर फिर हस्ताक्षर करता है: एक हफ़्ते से पुरानी फ़ीड नहीं मानी जाती।',
  },
  'release-verify': {
    calls: [
      'npm run release:verify -- --url=https://… --root=1.root.json [--channel=stable] [--version=1.2.0]',
    ],
    en: 'Looks at a feed as a stranger with nothing but the root: signatures, lengths, hashes of every package.',
    hi: 'फ़ीड को बाहर वाले की तरह, सिर्फ़ root के साथ जाँचता है: हर पैकेज के हस्ताक्षर, लंबाई और हैश।',
  },
} satisfies Record<string, Usage>;

/** The help of a command by the name of its file; undefined for one that has none. */
export function usageOf(command: string, language: Language): string | undefined {
  if (!Object.hasOwn(usages, command)) return undefined;
  const usage: Usage = usages[command as keyof typeof usages];
  return [...usage.calls, usage[language]].join('\n');
}
