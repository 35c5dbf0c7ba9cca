// A QR code as one SVG path, drawn in the browser: no picture is asked of anybody.
import { encode } from 'uqr';

/** `size` is the number of modules on a side, the quiet zone of `border` modules included. */
export interface QrPath {
  readonly size: number;
  readonly path: string;
}

/** Runs of dark modules become one rectangle each. Level M: a till's screen is often smeared. */
export function qrPath(text: string, border = 2): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border });
  let path = '';
  data.forEach((row, y) => {
    let x = 0;
    while (x < size) {
      const start = x;
      while (x < size && row[x]) x += 1;
      if (x > start) path += `M${start} ${y}h${x - start}v1h-${x - start}z`;
      x += 1;
    }
  });
  return { size, path };
}
