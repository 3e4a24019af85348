// printf-decimal.ts — %f, %e and %g of printf, on the digits of the argument.

/**
 * `%.2f` of a decimal number. The C library rounds what is nearest to it in binary; where that could matter (a tie in
 * decimal that binary can't hold) the answer is undefined here.
 */
export function formatFixed(text: string, precision: number): string | undefined {
  const match = /^([-+]?)(\d*)(?:\.(\d*))?$/.exec(text === '' ? '0' : text);
  if (match === null || precision > 30 || text.length > 40) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const scale = 10n ** BigInt(Math.max(fraction.length - precision, 0));
  const digits = BigInt(whole + fraction.padEnd(precision, '0'));
  const rest = digits % scale;
  let rounded = digits / scale;
  if (rest * 2n > scale) rounded++;
  else if (rest * 2n === scale && scale > 1n) {
    // A fraction of k decimals is exact in binary if 5^k divides it: then the tie goes to the even digit.
    if (BigInt(fraction) % 5n ** BigInt(fraction.length) !== 0n) return undefined;
    if (rounded % 2n === 1n) rounded++;
  }
  const all = rounded.toString().padStart(precision + 1, '0');
  const point = all.length - precision;
  const shown = precision === 0 ? all : `${all.slice(0, point)}.${all.slice(point)}`;
  return (sign === '-' ? '-' : '') + shown;
}

/** `3.140000e+01`, and `%g` of the two forms the shorter one. */
export function formatScientific(
  text: string,
  { flags, precision }: { readonly flags: string; readonly precision: number | undefined },
  conversion: string,
): string | undefined {
  const digits = /^[-+]?(\d*)(?:\.(\d*))?(?:[eE][-+]?\d+)?$/.exec(text === '' ? '0' : text);
  const significant = `${digits?.[1] ?? ''}${digits?.[2] ?? ''}`
    .replace(/^0+/, '')
    .replace(/0+$/, '');
  // Beyond 15 digits a double says something else than the long double of bash.
  if (digits === null || significant.length > 15 || (precision ?? 6) > 15) return undefined;
  const general = /g/i.test(conversion);
  const wanted = general ? Math.max(precision ?? 6, 1) - 1 : (precision ?? 6);
  // What is exactly between two results is rounded by what binary makes of it.
  if (significant.length === wanted + 2 && significant.endsWith('5')) return undefined;
  const value = Number(text);
  const scientific = value.toExponential(wanted);
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  let shown: string | undefined;
  if (general && exponent >= -4 && exponent <= wanted) {
    shown = value.toFixed(wanted - exponent);
    if (!flags.includes('#')) shown = withoutZeros(shown);
  } else {
    const [mantissa = '', power = ''] = scientific.split('e');
    const cut = general && !flags.includes('#') ? withoutZeros(mantissa) : mantissa;
    shown = `${cut}e${power.charAt(0)}${power.slice(1).padStart(2, '0')}`;
  }
  return /[EG]/.test(conversion) ? shown.toUpperCase() : shown;
}

const withoutZeros = (text: string): string =>
  text.includes('.') ? text.replace(/\.?0+$/, '') : text;
