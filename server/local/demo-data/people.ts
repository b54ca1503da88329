import type { SecretBox } from '../../db/secret-box.ts';
import { aadhaarCheckDigit } from '../../domains/employees/employees.contract.ts';
import { addressIn, cities, personName, phoneNumber } from './companies.ts';
import type { SeededRandom } from './random.ts';

/** Someone who acts in the demo's year; those with a sign-in are there already. */
export interface Colleague {
  userId: string;
  name: string;
}
export interface Colleagues {
  buyer: Colleague;
  approver: Colleague;
  clerk: Colleague;
  seller: Colleague;
}

export interface KnownEmployee {
  id: string;
  name: string;
  email: string;
  roles: string[];
  auth_user_id: string | null;
}

/** designation, department, role: the first of each department leads it. */
const posts: readonly [string, string, string][] = [
  ['Head of procurement', 'Procurement', 'approver'],
  ['Senior buyer', 'Procurement', 'buyer'],
  ['Buyer', 'Procurement', 'buyer'],
  ['Buyer', 'Procurement', 'buyer'],
  ['Warehouse manager, Bhiwandi', 'Warehouse', 'warehouse'],
  ['Warehouse manager, Bengaluru', 'Warehouse', 'warehouse'],
  ['Warehouse manager, Delhi NCR', 'Warehouse', 'warehouse'],
  ['Receiving clerk', 'Warehouse', 'warehouse'],
  ['Dispatch clerk', 'Warehouse', 'warehouse'],
  ['Store keeper', 'Warehouse', 'warehouse'],
  ['Store keeper', 'Warehouse', 'warehouse'],
  ['Picker', 'Warehouse', 'warehouse'],
  ['Head of sales', 'Sales', 'sales'],
  ['Key account manager', 'Sales', 'sales'],
  ['Sales executive', 'Sales', 'sales'],
  ['Sales executive', 'Sales', 'sales'],
  ['Sales coordinator', 'Sales', 'sales'],
  ['Finance manager', 'Finance', 'viewer'],
  ['Accounts executive', 'Finance', 'viewer'],
  ['HR manager', 'Human resources', 'admin'],
  ['HR executive', 'Human resources', 'viewer'],
  ['IT administrator', 'IT', 'admin'],
  ['Quality inspector', 'Quality', 'viewer'],
  ['Management trainee', 'Procurement', 'viewer'],
];
const departmentOfRole: Readonly<Record<string, [string, string]>> = {
  owner: ['Managing director', 'Management'],
  admin: ['Administrator', 'IT'],
  buyer: ['Senior buyer', 'Procurement'],
  approver: ['Purchase controller', 'Procurement'],
  warehouse: ['Warehouse supervisor', 'Warehouse'],
  sales: ['Sales manager', 'Sales'],
  viewer: ['Internal auditor', 'Finance'],
};

/** What is added to employees who are there with a sign-in. */
export function detailsOf(random: SeededRandom, known: readonly KnownEmployee[]) {
  const owner = known.find(({ roles }) => roles.includes('owner'));
  return known.map(({ id, roles }) => {
    const [designation, department] = departmentOfRole[roles[0] ?? ''] ?? ['Executive', 'Administration'];
    return {
      id,
      designation,
      department,
      phone: phoneNumber(random),
      manager_id: owner && owner.id !== id ? owner.id : null,
    };
  });
}

/** As many more employees as needed to reach `count`; the first of every department reports to the owner. */
export function makeEmployees(
  random: SeededRandom,
  today: Date,
  slug: string,
  known: readonly KnownEmployee[],
  box: SecretBox,
  count = 25,
) {
  const owner = known.find(({ roles }) => roles.includes('owner')) ?? known[0];
  const heads = new Map<string, string>();
  const names = new Set(known.map(({ name }) => name));
  return posts.slice(0, Math.max(0, count - known.length)).map(([designation, department, role], index) => {
    const joined = new Date(today.getTime() - random.whole(120, 2400) * 86_400_000);
    const id = random.id(joined);
    let name = personName(random);
    while (names.has(name)) name = personName(random);
    names.add(name);
    const manager = heads.get(department) ?? owner?.id ?? null;
    if (!heads.has(department)) heads.set(department, id);
    const pan = `${random.letters(3)}P${name.split(' ').at(-1)?.charAt(0) ?? 'X'}${random.digits(4)}${random.letters(1)}`;
    const first11 = `${String(random.whole(2, 9))}${random.digits(10)}`;
    const aadhaar = `${first11}${aadhaarCheckDigit(first11)}`;
    return {
      id,
      employee_code: `E${String(101 + index).padStart(4, '0')}`,
      name,
      email: `${name.toLowerCase().replaceAll(' ', '.')}@${slug}.test`,
      phone: phoneNumber(random),
      department,
      designation,
      manager_id: manager,
      joined_on: joined.toISOString().slice(0, 10),
      address: addressIn(random, random.pick(cities)),
      roles: [role],
      permissions: [] as string[],
      pan_encrypted: box.seal(pan),
      pan_masked: `${pan.slice(0, 5)}••••${pan.slice(9)}`,
      aadhaar_last4: aadhaar.slice(8),
      aadhaar_hash: box.fingerprint(aadhaar),
      preferences: {},
      status: index === 23 ? 'inactive' : 'active',
      created_at: joined.toISOString(),
      created_by: owner?.name ?? null,
    };
  });
}

/** Who did what in the demo's year: the people with a sign-in where there are any, so that the screens name them. */
export function colleaguesOf(
  random: SeededRandom,
  known: readonly KnownEmployee[],
  made: readonly { name: string; roles: string[]; id: string }[],
): Colleagues {
  const withRole = (role: string): Colleague => {
    const signedIn = known.find(({ roles, auth_user_id }) => auth_user_id !== null && roles.includes(role));
    if (signedIn?.auth_user_id) return { userId: signedIn.auth_user_id, name: signedIn.name };
    const other = made.find(({ roles }) => roles.includes(role));
    return { userId: random.id(new Date(0)), name: other?.name ?? known[0]?.name ?? 'Quartermaster' };
  };
  return {
    buyer: withRole('buyer'),
    approver: withRole('approver'),
    clerk: withRole('warehouse'),
    seller: withRole('sales'),
  };
}
