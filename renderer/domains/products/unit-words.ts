import { t } from '@lingui/core/macro';

/** Units in words, by their unit quantity code. */
export const unitWords: Readonly<Record<string, string>> = {
  NOS: t`Numbers`,
  PCS: t`Pieces`,
  BOX: t`Boxes`,
  PAC: t`Packs`,
  KGS: t`Kilograms`,
  GMS: t`Grams`,
  MTS: t`Metric tons`,
  LTR: t`Litres`,
  MLT: t`Millilitres`,
  MTR: t`Metres`,
  CMS: t`Centimetres`,
  SQM: t`Square metres`,
  ROL: t`Rolls`,
  SET: t`Sets`,
  PRS: t`Pairs`,
  DOZ: t`Dozens`,
  BAG: t`Bags`,
  BTL: t`Bottles`,
  CTN: t`Cartons`,
  DRM: t`Drums`,
  TON: t`Tons`,
  UNT: t`Units`,
  OTH: t`Others`,
};
