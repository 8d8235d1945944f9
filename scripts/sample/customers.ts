/** Somebody who orders at the sample shop; every address is made up. */
export interface Customer {
  readonly name: string;
  readonly email: string;
  readonly currency: CurrencyCode;
  readonly address: {
    readonly lines: readonly string[];
    readonly city: string;
    readonly postcode?: string;
    readonly country: string;
  };
}

export type CurrencyCode = 'GBP' | 'EUR' | 'JPY' | 'KWD';

type Place = readonly [line: string, city: string, postcode: string | undefined, country: string];

function customer(
  currency: CurrencyCode,
  name: string,
  mailbox: string,
  [line, city, postcode, country]: Place,
): Customer {
  const address = { lines: [line], city, country, ...(postcode !== undefined && { postcode }) };
  return { name, email: `${mailbox}@example.com`, currency, address };
}

/** Most of them British, as the shop is. */
export const customers: readonly Customer[] = [
  customer('GBP', 'Ada Whitfield', 'ada.whitfield', ['1 Mill Lane', 'Leeds', 'LS1 1AA', 'GB']),
  customer('GBP', 'Owen Pryce', 'owen', ['Ty Gwyn, Heol Fawr', 'Llandeilo', 'SA19 6AB', 'GB']),
  customer('GBP', 'Siobhán O’Connor', 'siobhan', ['12 Falls Road', 'Belfast', 'BT12 4PD', 'GB']),
  customer('GBP', 'Priya Raghunathan', 'priya.r', [
    '88 Narborough Road',
    'Leicester',
    'LE3 0LF',
    'GB',
  ]),
  customer('GBP', 'Jo Li', 'jo', ['3 Wardour Street', 'London', 'W1D 6PA', 'GB']),
  customer('GBP', 'Fergus MacAllister', 'fergus', ['The Old Manse', 'Tobermory', 'PA75 6NU', 'GB']),
  customer('GBP', 'Grace Adebayo-Thompson', 'grace.at', [
    '41 Peckham Rye',
    'London',
    'SE15 4JR',
    'GB',
  ]),
  customer(
    'GBP',
    'Maximilian Featherstonehaugh-Cholmondeley of the Lower Meadows',
    'maximilian.featherstonehaugh-cholmondeley.of.the.lower.meadows',
    [
      'The Gatehouse beside the Former Railway Station, Upper Slaughter Road',
      'Bourton-on-the-Water',
      'GL54 2BY',
      'GB',
    ],
  ),
  customer('GBP', 'Hamza Iqbal', 'hamza', ['7 Curry Mile', 'Manchester', 'M14 5TP', 'GB']),
  customer('GBP', 'Beth Penrose', 'beth', ['Harbour Cottage', 'Mevagissey', 'PL26 6QU', 'GB']),
  customer('GBP', 'Tomasz Wójcik', 'tomasz', ['19 Station Road', 'Peterborough', 'PE1 1QL', 'GB']),
  customer('GBP', 'Ruth Abrahams', 'ruth', ['5 Golders Green Road', 'London', 'NW11 8DY', 'GB']),
  customer('EUR', 'Käthe Löwenstein', 'kaethe', ['Große Bleichen 12', 'Hamburg', '20354', 'DE']),
  customer('EUR', 'Jean-François d’Aubigné', 'jf.daubigne', [
    '8 rue des Écoles',
    'Lyon',
    '69002',
    'FR',
  ]),
  customer('EUR', 'Zoë van den Berg', 'zoe', ['Prinsengracht 263', 'Amsterdam', '1016 GV', 'NL']),
  customer('EUR', 'Ελένη Παπαδοπούλου', 'eleni', ['Ερμού 24', 'Αθήνα', '105 63', 'GR']),
  customer('EUR', 'Aino Mäkinen', 'aino', ['Hämeenkatu 9', 'Tampere', '33100', 'FI']),
  customer('JPY', '佐藤 美咲', 'misaki', ['神宮前1-5-8', '東京都渋谷区', '150-0001', 'JP']),
  customer('JPY', '山本 健太郎', 'kentaro', ['梅田3-1-3', '大阪市北区', '530-0001', 'JP']),
  customer('KWD', 'ليلى الصباح', 'layla', ['شارع سالم المبارك', 'السالمية', '22001', 'KW']),
  customer('KWD', 'عبد الرحمن بن خالد العتيبي', 'abdulrahman', [
    'شارع فهد السالم',
    'مدينة الكويت',
    '13001',
    'KW',
  ]),
];
