// Codes on the screen: a QR code and a bar code, black on white whatever surrounds them.
import { useMemo } from 'react';
import { barcodePath } from './code128.ts';
import { qrPath } from './qr.ts';

/** A QR code that fills its box; `label` is what a screen reader says instead. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => qrPath(text), [text]);
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <title>{label}</title>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** A Code 128 bar code; nothing for a text that set C cannot write. */
export function BarCode({ digits, label }: { digits: string; label: string }) {
  const drawn = useMemo(() => barcodePath(digits, 40), [digits]);
  if (drawn === undefined) return null;
  const quiet = 10;
  return (
    <svg
      viewBox={`0 0 ${drawn.width + 2 * quiet} 40`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <title>{label}</title>
      <rect width={drawn.width + 2 * quiet} height="40" fill="#fff" />
      <path d={drawn.path} fill="#000" transform={`translate(${quiet} 0)`} />
    </svg>
  );
}
