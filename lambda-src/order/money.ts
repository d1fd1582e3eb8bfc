/**
 * Money is compared in whole minor units (cents) and never as floating point. A number reaches us as the shortest decimal
 * text that names it, which is the text that the client wrote as long as it has at most 15 digits.
 */

/** The highest total in minor units: the longest that a number carries digit for digit. */
export const MAX_MINOR_UNITS = 999_999_999_999_999n;

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
// The decimals of ISO 4217, which payment providers use. Intl is no substitute: it has the decimals of printed
// prices (none for HUF or COP), which change with the version of Node.
const DIGITS = new Map(Object.entries({
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}).flatMap(([digits, codes]) => codes.split(' ').map(code => [code, Number(digits)] as const)));
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/** Whether this is the code of a currency in ISO 4217, such as EUR. */
export function isCurrency(code: unknown): code is string {
  return typeof code === 'string' && CURRENCIES.has(code);
}

/** The decimals of a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return DIGITS.get(currency) ?? 2;
}

/** The amount in minor units, or nothing if it has more decimals than the currency. */
export function minorUnits(amount: number, digits: number): bigint | undefined {
  const match = DECIMAL.exec(String(amount));
  if (!match) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  const scale = digits - fraction.length + Number(exponent);
  if (scale < 0) return undefined;
  const units = BigInt(whole + fraction) * 10n ** BigInt(scale);
  return sign ? -units : units;
}

/** The amount in decimal notation, such as 59.98. */
export function majorText(units: bigint, digits: number): string {
  const text = String(units).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
