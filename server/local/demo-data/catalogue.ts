export interface ProductFamily {
  category: string;
  prefix: string;
  name: string;
  hsn: string;
  tax: string;
  unit: string;
  /** Purchase price of the first variant, rupees. */
  price: number;
  /** How much dearer each further size is, as a factor. */
  step: number;
  sizes: readonly string[];
  makes: readonly string[];
  lots: boolean;
}

/**
 * What an industrial distributor deals in: category, prefix of the SKU, name, HSN, tax class, unit, price of the first
 * size, factor per further size, sizes, makes, and whether it is kept by lots. HSN codes by the Customs Tariff; classes by
 * the GST rates since 22 September 2025 (notifications 9/2025 and 10/2025 – Central Tax (Rate)).
 */
const table = `
Fasteners | FST | Hex bolt | 731815 | GST18 | NOS | 4.2 | 1.42 | M5; M6; M8; M10; M12; M16; M20 | zinc plated; SS 304; grade 8.8
Fasteners | FST | Socket head cap screw | 731815 | GST18 | NOS | 5.1 | 1.4 | M5; M6; M8; M10; M12; M16; M20 | zinc plated; SS 304; grade 8.8
Fasteners | FST | Hex nut | 731816 | GST18 | NOS | 1.1 | 1.45 | M5; M6; M8; M10; M12; M16; M20 | zinc plated; SS 304; grade 8.8
Fasteners | FST | Spring washer | 731821 | GST18 | PAC | 38 | 1.22 | M5; M6; M8; M10; M12; M16; M20 | zinc plated; SS 304
Fasteners | FST | Anchor bolt | 731815 | GST18 | NOS | 14 | 1.5 | M8 × 75; M10 × 100; M12 × 120; M16 × 150
Bearings | BRG | Deep groove ball bearing | 848210 | GST18 | NOS | 118 | 1.18 | 6200-2RS; 6201-2RS; 6202-2RS; 6203-2RS; 6204-2RS; 6205-2RS; 6206-2RS; 6207-2RS; 6208-2RS | ZZ; C3
Bearings | BRG | Taper roller bearing | 848220 | GST18 | NOS | 310 | 1.2 | 30203; 30204; 30205; 30206; 30207; 30208
Bearings | BRG | Pillow block bearing | 848320 | GST18 | NOS | 420 | 1.18 | UCP204; UCP205; UCP206; UCP207; UCP208
Power transmission | PWT | V-belt | 401031 | GST18 | NOS | 96 | 1.16 | A-36; A-42; A-50; B-48; B-56; B-68; C-75; C-90
Power transmission | PWT | Roller chain, 10 ft | 731511 | GST18 | NOS | 640 | 1.35 | 06B-1; 08B-1; 10B-1; 12B-1; 16B-1
Electrical | ELC | FR copper wire, 90 m | 854449 | GST18 | ROL | 1290 | 1.55 | 1.0 sq mm; 1.5 sq mm; 2.5 sq mm; 4.0 sq mm; 6.0 sq mm | red; black; green
Electrical | ELC | MCB C-curve | 853620 | GST18 | NOS | 142 | 1.28 | SP 6 A; SP 16 A; SP 32 A; DP 32 A; TP 40 A; TP 63 A; FP 63 A
Electrical | ELC | Industrial plug and socket | 853669 | GST18 | SET | 310 | 1.4 | 16 A 3-pin; 32 A 3-pin; 32 A 5-pin; 63 A 5-pin
Electrical | ELC | LED high-bay light | 940511 | GST18 | NOS | 1480 | 1.4 | 50 W; 100 W; 150 W; 200 W
Electrical | ELC | LED tube light | 853952 | GST18 | NOS | 148 | 1.3 | 10 W 2 ft; 18 W 4 ft; 22 W 4 ft
Electrical | ELC | Cable tie, pack of 100 | 392690 | GST18 | PAC | 44 | 1.45 | 100 mm; 150 mm; 200 mm; 300 mm; 370 mm | white; black
Electrical | ELC | Contactor | 853649 | GST18 | NOS | 690 | 1.35 | 9 A; 12 A; 18 A; 25 A; 40 A
Hand tools | HTL | Combination spanner | 820411 | GST18 | NOS | 86 | 1.13 | 8 mm; 10 mm; 12 mm; 13 mm; 14 mm; 17 mm; 19 mm; 22 mm; 24 mm
Hand tools | HTL | Screwdriver | 820540 | GST18 | NOS | 78 | 1.12 | PH1 × 75; PH2 × 100; PH2 × 150; flat 5 × 100; flat 6 × 150
Hand tools | HTL | Plier | 820320 | GST18 | NOS | 212 | 1.15 | combination 8″; long nose 6″; side cutter 6″; circlip external; water pump 10″
Hand tools | HTL | Allen key set | 820411 | GST18 | SET | 260 | 1.4 | 1.5–10 mm; 1.5–12 mm long; inch sizes
Power tools | PTL | Angle grinder | 846729 | GST18 | NOS | 2350 | 1.45 | 100 mm 710 W; 125 mm 1010 W; 180 mm 2200 W
Power tools | PTL | Impact drill | 846721 | GST18 | NOS | 2780 | 1.3 | 10 mm 500 W; 13 mm 650 W; 13 mm 850 W
Abrasives | ABR | Cutting wheel | 680422 | GST18 | NOS | 22 | 1.6 | 100 × 1.2; 125 × 1.6; 180 × 3; 230 × 3; 355 × 3
Abrasives | ABR | Emery sheet, pack of 50 | 680520 | GST18 | PAC | 540 | 1.05 | P60; P80; P120; P180; P240; P400; P600
Welding | WLD | Welding electrode E6013, 5 kg | 831110 | GST18 | BOX | 640 | 1.06 | 2.5 mm; 3.15 mm; 4.0 mm |  | lots
Welding | WLD | MIG wire ER70S-6, 15 kg | 722990 | GST18 | ROL | 1790 | 1.04 | 0.8 mm; 1.0 mm; 1.2 mm
Pipes and valves | PLB | CPVC pipe, 3 m | 391723 | GST18 | NOS | 188 | 1.42 | ½″; ¾″; 1″; 1¼″; 1½″; 2″ | SDR 11; SDR 13.5
Pipes and valves | PLB | Brass ball valve | 848180 | GST18 | NOS | 245 | 1.42 | ½″; ¾″; 1″; 1¼″; 1½″; 2″
Pipes and valves | PLB | GI elbow | 730719 | GST18 | NOS | 32 | 1.5 | ½″; ¾″; 1″; 1¼″; 1½″; 2″
Pipes and valves | PLB | PTFE thread seal tape | 392099 | GST18 | NOS | 14 | 1.3 | 12 mm × 10 m; 19 mm × 15 m
Adhesives and lubricants | CHM | Threadlocker | 350691 | GST18 | BTL | 420 | 1.5 | 10 ml; 50 ml; 250 ml | medium; high strength | lots
Adhesives and lubricants | CHM | Silicone sealant, 280 ml | 321410 | GST18 | NOS | 168 | 1.04 | clear; white; black; grey |  | lots
Adhesives and lubricants | CHM | Lithium grease | 271019 | GST18 | NOS | 165 | 2.4 | 500 g; 1 kg; 5 kg; 18 kg |  | lots
Adhesives and lubricants | CHM | Hydraulic oil ISO VG | 271019 | GST18 | DRM | 4650 | 1.06 | 32, 26 l; 46, 26 l; 68, 26 l |  | lots
Adhesives and lubricants | CHM | Rust remover spray | 340399 | GST18 | NOS | 118 | 1.9 | 170 g; 400 g |  | lots
Paints | PNT | Synthetic enamel | 320890 | GST18 | NOS | 262 | 1.03 | white 1 l; black 1 l; golden yellow 1 l; signal red 1 l; smoke grey 1 l; phirozi blue 1 l |  | lots
Packaging | PKG | Corrugated box, 3 ply | 481910 | GST5 | NOS | 11 | 1.34 | 6 × 4 × 4″; 8 × 6 × 4″; 10 × 8 × 6″; 12 × 10 × 8″; 15 × 12 × 10″; 18 × 12 × 12″
Packaging | PKG | Corrugated box, 5 ply | 481910 | GST5 | NOS | 26 | 1.34 | 10 × 8 × 6″; 12 × 10 × 8″; 15 × 12 × 10″; 18 × 12 × 12″; 24 × 18 × 18″
Packaging | PKG | BOPP packing tape, 65 m | 391910 | GST18 | ROL | 32 | 1.3 | 48 mm clear; 48 mm brown; 72 mm clear; 72 mm brown
Packaging | PKG | Stretch film | 392010 | GST18 | ROL | 236 | 1.35 | 18″ 23 micron; 18″ 30 micron; 20″ 23 micron
Packaging | PKG | Bubble wrap roll, 100 m | 392119 | GST18 | ROL | 620 | 1.5 | 0.5 m; 1.0 m; 1.5 m
Packaging | PKG | Jute bag | 630510 | GST5 | BAG | 46 | 1.3 | 25 kg; 50 kg; 100 kg
Safety | SAF | Safety helmet | 650610 | GST18 | NOS | 118 | 1.3 | nape strap; ratchet; ratchet with chin strap | yellow; white; blue
Safety | SAF | Cut-resistant gloves | 611610 | GST5 | PRS | 74 | 1.06 | S; M; L; XL | level B; level D
Safety | SAF | Reflective jacket | 621040 | GST5 | NOS | 88 | 1.08 | S; M; L; XL | green; orange
Safety | SAF | Safety shoes | 640340 | GST5 | PRS | 780 | 1.01 | size 6; size 7; size 8; size 9; size 10; size 11
Safety | SAF | Safety goggles | 900490 | GST18 | NOS | 62 | 1.25 | clear; smoke; anti-fog
Safety | SAF | ABC fire extinguisher | 842410 | GST18 | NOS | 1120 | 1.45 | 2 kg; 4 kg; 6 kg; 9 kg |  | lots
Safety | SAF | First-aid box | 300650 | GST5 | SET | 640 | 1.7 | small; medium; large |  | lots
Office | OFC | Copier paper, 500 sheets | 480256 | GST18 | PAC | 238 | 1.25 | A4 70 gsm; A4 75 gsm; A4 80 gsm; A3 75 gsm
Office | OFC | Exercise book, 172 pages | 482020 | GST0 | NOS | 34 | 1.2 | ruled; unruled; squared
Office | OFC | Pencil, pack of 10 | 960910 | GST0 | PAC | 42 | 1.15 | HB; 2B; drawing set
Office | OFC | Ball pen, pack of 10 | 960810 | GST18 | PAC | 76 | 1.02 | blue; black; red
Office | OFC | Lever arch file | 482030 | GST18 | NOS | 92 | 1.12 | A4 black; A4 blue; FC black
Office | OFC | Laser toner cartridge | 844399 | GST18 | NOS | 1180 | 1.3 | 88A; 12A; 05A; 26A; 305A
Material handling | MHE | Hand pallet truck | 842790 | GST18 | NOS | 13800 | 1.16 | 2 t; 2.5 t; 3 t
Material handling | MHE | Plastic crate | 392310 | GST18 | NOS | 262 | 1.35 | 400 × 300 × 120; 400 × 300 × 220; 600 × 400 × 220; 600 × 400 × 325
Material handling | MHE | Ratchet lashing belt | 560900 | GST5 | NOS | 248 | 1.4 | 25 mm × 5 m; 35 mm × 6 m; 50 mm × 8 m; 50 mm × 10 m
Pantry | PAN | Assam CTC tea | 090240 | GST5 | KGS | 318 | 1.15 | everyday; premium; strong |  | lots
Pantry | PAN | Sugar | 170199 | GST5 | KGS | 44 | 1.08 | S-30; M-30 |  | lots
Pantry | PAN | Cola, case of 24 | 220210 | GST40 | CTN | 480 | 1.6 | 200 ml; 300 ml |  | lots
`;

function listed(cell: string | undefined): string[] {
  return (cell ?? '')
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export const productFamilies: readonly ProductFamily[] = table
  .trim()
  .split('\n')
  .map((row) => {
    const cells = row.split('|').map((cell) => cell.trim());
    const [category = '', prefix = '', name = '', hsn = '', tax = '', unit = ''] = cells;
    return {
      category,
      prefix,
      name,
      hsn,
      tax,
      unit,
      price: Number(cells[6]),
      step: Number(cells[7]),
      sizes: listed(cells[8]),
      makes: listed(cells[9]),
      lots: cells[10] === 'lots',
    };
  });

/** What is sold by the hour or the job: service accounting codes of chapter 99, no stock. */
export const services = [
  { name: 'Installation and commissioning', hsn: '998732', unit: 'OTH', price: 2500 },
  { name: 'Calibration of gauges', hsn: '998346', unit: 'NOS', price: 850 },
  { name: 'Annual maintenance of lifting gear', hsn: '998717', unit: 'OTH', price: 12_000 },
  { name: 'Cutting and threading to size', hsn: '998898', unit: 'OTH', price: 350 },
  { name: 'Kitting and labelling', hsn: '998540', unit: 'OTH', price: 180 },
  { name: 'Site survey', hsn: '998339', unit: 'OTH', price: 3500 },
] as const;
