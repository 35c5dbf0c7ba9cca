// Amounts and rates as people read them: exact digits, the currency always named by its code.
import { isCurrency } from '../../src/money/currency.ts';
import { decimalText, type Money, parseDecimal } from '../../src/money/money.ts';
import { convert, rateFromDecimal, rateText } from '../../src/money/rate.ts';
import type { WireMoney } from './contract.ts';

/** Money from the wire; undefined when the text is no whole number or the currency is unknown. */
export function moneyOf(wire: WireMoney): Money | undefined {
  if (!isCurrency(wire.currency) || !/^-?[0-9]+$/.test(wire.value)) return undefined;
  return { currency: wire.currency, minor: BigInt(wire.value) };
}

/** `1,234.50` without the currency; a value that is no money is shown as it came. */
export function amountText(wire: WireMoney, locale: string): string {
  const money = moneyOf(wire);
  return money === undefined ? wire.value : groupedText(decimalText(money), locale);
}

/** `1,234.50 MYR`: the number, then the code, so that yuan and yen are never mixed up. */
export function moneyText(wire: WireMoney, locale: string): string {
  return `${amountText(wire, locale)}\u00a0${wire.currency}`;
}

/** `1234.50` without grouping or currency, as it is typed; `typedMinor` reads it again. */
export function typedText(wire: WireMoney): string {
  const money = moneyOf(wire);
  return money === undefined ? wire.value : decimalText(money);
}

/**
 * What was typed as an amount of the currency, `1,234.50` or `-0.50`, in minor units as text;
 * undefined where it is none.
 */
export function typedMinor(currency: string, typed: string): string | undefined {
  if (!isCurrency(currency)) return undefined;
  const text = typed.trim().replaceAll(',', '');
  const isBelow = text.startsWith('-');
  const minor = parseDecimal(currency, isBelow ? text.slice(1) : text)?.minor;
  return minor === undefined ? undefined : String(isBelow ? -minor : minor);
}

/** A decimal text with the locale's grouping; no digit is lost or added. */
function groupedText(decimal: string, locale: string): string {
  const decimals = decimal.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(decimal as Intl.StringNumericLiteral);
}

const rateDigits = 6;

/**
 * `1 CNY = 0.611775 MYR`: a rate to read, to six digits. Amounts never follow from it: they come
 * from the exact price. A price that is no decimal is shown as it came.
 */
export function rateLine(pair: string, price: string): string {
  const [base = '', quote = ''] = pair.split('/');
  return `1\u00a0${base} = ${readablePrice(pair, price)}\u00a0${quote}`;
}

/** The price of a pair to six digits. */
export function readablePrice(pair: string, price: string): string {
  const [base = '', quote = ''] = pair.split('/');
  const readable = /^[0-9]+(\.[0-9]+)?$/.test(price) && /[1-9]/.test(price) && price.length <= 40;
  if (!readable || !isCurrency(base) || !isCurrency(quote)) return price;
  return rateText(rateFromDecimal(base, quote, price), rateDigits);
}

/** Basis points as a percentage: 50 is `0.5`, 125 is `1.25`. */
export function percentOfBasisPoints(basisPoints: number | string): string {
  const points = BigInt(basisPoints);
  const fraction = (points % 100n).toString().padStart(2, '0').replace(/0+$/, '');
  return fraction === '' ? `${points / 100n}` : `${points / 100n}.${fraction}`;
}

/** `0.5 %`, and `0.5%` in Chinese, where no space stands before the sign. */
export function percentText(figure: string, locale: string): string {
  return locale.startsWith('zh') ? `${figure}%` : `${figure}\u00a0%`;
}

/**
 * How far the customer's price stands above the mid rate, in basis points, half up; undefined when
 * one of the two is not a decimal above zero. It is the spread that a person can check by hand.
 */
export function spreadBetween(mid: string, price: string): string | undefined {
  const decimal = /^[0-9]+(\.[0-9]+)?$/;
  if (!decimal.test(mid) || !decimal.test(price)) return undefined;
  const scale = Math.max(mid.split('.')[1]?.length ?? 0, price.split('.')[1]?.length ?? 0);
  const whole = (text: string) => {
    const [units = '0', decimals = ''] = text.split('.');
    return BigInt(units + decimals.padEnd(scale, '0'));
  };
  const middle = whole(mid);
  if (middle === 0n || whole(price) < middle) return undefined;
  const points = ((whole(price) - middle) * 20_000n + middle) / (middle * 2n);
  return percentOfBasisPoints(points.toString());
}

/**
 * What an amount costs in another currency at a decimal price, for the picture on the first
 * page.
 */
export function convertedAt(
  amount: WireMoney,
  quote: string,
  price: string,
): WireMoney | undefined {
  const money = moneyOf(amount);
  if (money === undefined || !isCurrency(quote)) return undefined;
  const converted = convert(money, rateFromDecimal(amount.currency, quote, price));
  return { currency: converted.currency, value: converted.minor.toString() };
}
