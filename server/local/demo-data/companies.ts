import { gstinCheckCharacter } from '../../ground/india.contract.ts';
import type { Address } from '../../ground/record.contract.ts';
import type { SeededRandom } from './random.ts';

interface City {
  name: string;
  state: string;
  pins: readonly string[];
  areas: readonly string[];
}

const city = (name: string, state: string, pins: string, areas: string): City => ({
  name,
  state,
  pins: pins.split(' '),
  areas: areas.split(', '),
});

/** Industrial towns with their GST state codes and PIN codes. */
export const cities: readonly City[] = [
  city('Bhiwandi', '27', '421302 421308 421311', 'Rajlaxmi Complex, Anjur Phata, Kalher Naka'),
  city('Pune', '27', '411026 411019 411057', 'MIDC Bhosari, Chinchwad, Hinjawadi Phase II'),
  city('Mumbai', '27', '400072 400093 400013', 'Saki Vihar Road, MIDC Andheri East, Lower Parel'),
  city('Nashik', '27', '422010 422007', 'MIDC Ambad, MIDC Satpur'),
  city('Ahmedabad', '24', '382445 382415 380015', 'Vatva GIDC, Odhav GIDC, Satellite Road'),
  city('Rajkot', '24', '360003 360024', 'Aji GIDC, Shapar Veraval'),
  city('Vadodara', '24', '390010 390016', 'Makarpura GIDC, Gorwa BIDC'),
  city('Bengaluru', '29', '560058 560100 560099', 'Peenya Industrial Area, Electronic City, Bommasandra'),
  city('Hubballi', '29', '580030 580025', 'Gokul Road Industrial Estate, Tarihal'),
  city('Chennai', '33', '600058 600032 600098', 'Ambattur Industrial Estate, Guindy, SIDCO Estate'),
  city('Coimbatore', '33', '641021 641014 641004', 'SIDCO Kurichi, Avinashi Road, Peelamedu'),
  city('Hyderabad', '36', '500055 500037 500051', 'Jeedimetla, Balanagar, Uppal IDA'),
  city('Visakhapatnam', '37', '530012 530026', 'Auto Nagar, Gajuwaka'),
  city('Kochi', '32', '683503 682024', 'Kalamassery, Edapally'),
  city('Gurugram', '06', '122015 122050', 'Udyog Vihar Phase IV, IMT Manesar'),
  city('Faridabad', '06', '121004 121003', 'Sector 24, NIT Industrial Area'),
  city('New Delhi', '07', '110020 110028 110064', 'Okhla Phase II, Naraina, Mayapuri'),
  city('Noida', '09', '201301 201305', 'Sector 63, Phase II'),
  city('Kanpur', '09', '208012 208022', 'Dada Nagar, Panki'),
  city('Ludhiana', '03', '141003 141010', 'Industrial Area A, Focal Point'),
  city('Jaipur', '08', '302013 302022', 'VKI Area, Sitapura'),
  city('Indore', '23', '452015 452010', 'Sanwer Road, Scheme 78'),
  city('Kolkata', '19', '700088 700015', 'Taratala Road, Tangra'),
  city('Jamshedpur', '20', '832108 831013', 'Adityapur, Gamharia'),
];

const founders =
  'Shree Balaji,Ganesh,Mahalaxmi,Sai Krupa,Jindal,Kothari,Mehta,Patel,Agarwal,Bansal,Deccan,Sahyadri,Malabar,Konkan,Ganga,Narmada,Vindhya,Himalaya,Sterling,Premier,Universal,National,Bharat,Hindustan,Coromandel,Royal,Supreme,Precision,Apex,Pioneer,Reliable,Modern,Metro,Galaxy,Orient,Sagar,Lakshmi,Saraswati,Venkateshwara,Kaveri'.split(
    ',',
  );
const trades: Readonly<Record<string, readonly string[]>> = {
  Fasteners: ['Fasteners', 'Bolts and Nuts'],
  Bearings: ['Bearing House', 'Bearings'],
  'Power transmission': ['Transmissions', 'Belts and Drives'],
  Electrical: ['Electricals', 'Cables', 'Switchgear'],
  'Hand tools': ['Tools', 'Tool Centre'],
  'Power tools': ['Power Tools', 'Machine Tools'],
  Abrasives: ['Abrasives', 'Grinding Wheels'],
  Welding: ['Welding Solutions', 'Weld Alloys'],
  'Pipes and valves': ['Pipes', 'Valves and Fittings'],
  'Adhesives and lubricants': ['Lubricants', 'Chemicals'],
  Paints: ['Paints', 'Coatings'],
  Packaging: ['Packaging', 'Cartons', 'Packwell Industries'],
  Safety: ['Safety Products', 'Safeguard Industries'],
  Office: ['Stationers', 'Paper Mart'],
  'Material handling': ['Material Handling', 'Storage Systems'],
  Pantry: ['Provisions', 'Foods'],
};
const buyers =
  'Engineering Works,Constructions,Auto Components,Textiles,Foods,Pharma,Infra Projects,Fabricators,Elevators,Plastics,Motors,Ceramics,Logistics,Agro Machinery,Precision Castings,Facility Services,Hospitals,Solar Power,Printers,Steel Structures'.split(
    ',',
  );
const forms = ['Pvt Ltd', 'Pvt Ltd', 'LLP', '& Sons', '& Co', 'Enterprises', 'Industries'];
const given =
  'Aarav,Aditi,Ajay,Amit,Ananya,Anil,Arjun,Deepa,Farhan,Gopal,Harpreet,Imran,Ishita,Jaya,Karthik,Kavita,Lalit,Manoj,Meera,Mohan,Neha,Nikhil,Pooja,Pradeep,Priya,Rahul,Rajesh,Ramesh,Rekha,Rohit,Sanjay,Sarita,Shalini,Suresh,Swati,Tarun,Usha,Vijay,Yusuf,Zoya'.split(
    ',',
  );
const families =
  'Agarwal,Bhat,Chatterjee,Chauhan,Das,Deshmukh,Fernandes,Ghosh,Gupta,Iyer,Jain,Kapoor,Khan,Kulkarni,Mehta,Mishra,Naidu,Nair,Pandey,Patil,Pillai,Rao,Reddy,Saxena,Shah,Sharma,Shetty,Singh,Thakur,Verma'.split(
    ',',
  );

export function personName(random: SeededRandom): string {
  return `${random.pick(given)} ${random.pick(families)}`;
}

export function phoneNumber(random: SeededRandom): string {
  return `+91 ${String(random.whole(70, 99))}${random.digits(3)} ${random.digits(5)}`;
}

export function addressIn(random: SeededRandom, place: City): Address {
  return {
    line1: `${random.pick(['Plot', 'Unit', 'Gala', 'Shed', 'Shop'])} ${String(random.whole(1, 240))}`,
    line2: random.pick(place.areas),
    city: place.name,
    stateCode: place.state,
    pinCode: random.pick(place.pins),
    country: 'IN',
  };
}

/** A PAN: fourth letter C for a company, F for a firm, P for a person; the fifth is the name's initial. */
export function panOf(random: SeededRandom, name: string): string {
  const kind = name.endsWith('Ltd') ? 'C' : 'F';
  return `${random.letters(3)}${kind}${name.charAt(0).toUpperCase()}${random.digits(4)}${random.letters(1)}`;
}

export function gstinOf(pan: string, state: string): string {
  const first14 = `${state}${pan}1Z`;
  return `${first14}${gstinCheckCharacter(first14)}`;
}

/** Names no two of which are alike, for vendors of a category each. */
export function vendorNames(random: SeededRandom, categories: readonly string[]): string[] {
  const names = random.shuffled(founders);
  return categories.map(
    (category, index) =>
      `${names[index % names.length] ?? ''} ${random.pick(trades[category] ?? ['Traders'])} ${random.pick(forms)}`,
  );
}

export function customerNames(random: SeededRandom, count: number): string[] {
  const names = random.shuffled(founders);
  return Array.from(
    { length: count },
    (_, index) => `${names[index % names.length] ?? ''} ${random.pick(buyers)} ${random.pick(forms)}`,
  );
}

/** An address for e-mail that can belong to nobody (RFC 2606). */
export function emailOf(name: string, box: string): string {
  const domain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${box}@${domain}.example`;
}
