import { term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const labelsVocabulary = {
  place: 75,
  resources: {
    labels: { label: term('Labels', 'लेबल'), within: term('labels', 'लेबल') },
  },
  permissions: {
    'labels:print': { label: term('Print', 'प्रिंट करें'), within: term('print', 'प्रिंट करना') },
  },
  duties: {
    printLabels: {
      words: term('Prints labels', 'लेबल प्रिंट करना'),
      needs: ['labels:print', 'products:read', 'warehouses:read', 'inventory:read'],
      roles: ['buyer', 'warehouse', 'sales'],
    },
  },
  reasons: {
    'label.too_many': term(
      'At most {most} labels are made at once: these are {count}.',
      'एक बार में ज़्यादा से ज़्यादा {most} लेबल बनते हैं: ये {count} हैं।',
    ),
    'label.no_ean': term(
      '{code} has no EAN-13 or UPC-A among its barcodes.',
      '{code} के बारकोड में कोई EAN-13 या UPC-A नहीं है।',
    ),
    'label.no_gtin': term(
      '{code} has no GTIN among its barcodes: a GS1 code needs one.',
      '{code} के बारकोड में कोई GTIN नहीं है: GS1 कोड के लिए वह ज़रूरी है।',
    ),
    'label.lot_characters': term(
      'Lot {lot} can’t stand in a GS1 code: letters without accents, digits and some signs can, 20 of them at most.',
      'लॉट {lot} GS1 कोड में नहीं लिखा जा सकता: उसमें बिना मात्रा के अंग्रेज़ी अक्षर, अंक और कुछ चिह्न ही आते हैं, ज़्यादा से ज़्यादा 20।',
    ),
    'label.symbol_too_wide': term(
      'The code {code} of {name} doesn’t fit on this label: it needs {needed} mm and has {room} mm. Choose a larger label or another kind of code.',
      '{name} का कोड {code} इस लेबल पर नहीं आता: उसे {needed} मिमी चाहिए, जगह {room} मिमी है। बड़ा लेबल या दूसरी तरह का कोड चुनें।',
    ),
    'label.text_too_wide': term(
      '{code} doesn’t fit on this label in letters that can be read. Choose a larger label.',
      '{code} इस लेबल पर पढ़ने लायक अक्षरों में नहीं आता। बड़ा लेबल चुनें।',
    ),
    'label.lot_of_product': term(
      'A lot and a last day are given for labels of products only: a lot has its own, a bin has none.',
      'लॉट और आखिरी तारीख सिर्फ़ प्रोडक्ट के लेबल के लिए दी जाती है: लॉट की अपनी होती है, बिन की नहीं होती।',
    ),
    'label.no_template': term('There is no label “{template}”.', '“{template}” नाम का कोई लेबल नहीं है।'),
    'label.sheet_on_roll': term(
      'A sheet of labels is printed as PDF: a label printer takes single labels.',
      'लेबल की शीट PDF के रूप में प्रिंट होती है: लेबल प्रिंटर एक-एक लेबल लेता है।',
    ),
  },
} as const satisfies Vocabulary;
