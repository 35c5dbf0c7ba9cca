// Code 128, set C: a payment code's 24 digits as bars that every shop scanner reads (ISO/IEC
// 15417).

// Widths of bar, space, bar, space, bar, space for the values 0 to 102 and start C; stop has seven.
const widths =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 ' +
  '122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 ' +
  '321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 ' +
  '211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 ' +
  '213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 ' +
  '121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 ' +
  '241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 ' +
  '412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131';
const patterns = widths.split(' ');
const startC = 105;
const startPattern = '211232';
const stopPattern = '2331112';
const modulus = 103;

/**
 * The check value of set C for pairs of digits: start plus each pair times its place, modulo
 * 103.
 */
export function checkValue(pairs: readonly number[]): number {
  return pairs.reduce((sum, pair, index) => sum + pair * (index + 1), startC) % modulus;
}

/**
 * Widths in modules, bars and spaces in turn, starting with a bar. Undefined unless the text is an
 * even number of decimal digits: set C writes two digits in one symbol.
 */
export function code128Widths(digits: string): readonly number[] | undefined {
  if (!/^([0-9]{2})+$/.test(digits)) return undefined;
  const pairs = (digits.match(/[0-9]{2}/g) ?? []).map(Number);
  const symbols = [...pairs, checkValue(pairs)].map((value) => patterns[value] ?? '');
  return [startPattern, ...symbols, stopPattern].join('').split('').map(Number);
}

/** The bars as one SVG path of the given height, and the width of it all in modules. */
export function barcodePath(
  digits: string,
  height: number,
): { path: string; width: number } | undefined {
  const all = code128Widths(digits);
  if (all === undefined) return undefined;
  let x = 0;
  let path = '';
  all.forEach((width, index) => {
    if (index % 2 === 0) path += `M${x} 0h${width}v${height}h-${width}z`;
    x += width;
  });
  return { path, width: x };
}
