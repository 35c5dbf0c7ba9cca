// Words can be read: the colours of text and ground in tokens.css, by the rule of WCAG 2.2, 1.4.3.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const tokens = new Map(
  [
    ...readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').matchAll(
      /--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g,
    ),
  ].map(([, name = '', colour = '']) => [name, colour]),
);

/** Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, "relative luminance"). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(text: string, ground: string): number {
  const [dark = 0, light = 0] = [luminance(text), luminance(ground)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function colourOf(name: string): string {
  const colour = name.startsWith('#') ? name : tokens.get(name);
  if (colour === undefined) throw new Error(`tokens.css has no colour ${name}`);
  return colour;
}

it.each([
  ['ink', ['paper', 'card', 'unknown-soft', 'indigo-soft']],
  ['ink-2', ['paper', 'card', 'indigo-soft']],
  ['ink-3', ['paper', 'card']],
  ['indigo', ['paper', 'card', 'indigo-soft']],
  ['indigo-deep', ['indigo-soft', 'card']],
  ['teal', ['paper', 'card', 'teal-soft']],
  ['paid', ['paid-soft', 'card']],
  ['not-paid', ['not-paid-soft', 'card']],
  ['unknown', ['unknown-soft', 'card']],
  // White words on the verdicts, the header and the buttons; dark ones on the amber screen.
  ['#ffffff', ['paid', 'not-paid', 'indigo', 'indigo-deep', 'teal', 'ink-2']],
  ['#2a1a00', ['unknown-bright']],
  ['#cfd6f5', ['indigo-deep']],
] as const)('%s stands out by 4.5 to 1', (text, grounds) => {
  for (const ground of grounds) {
    const ratio = contrast(colourOf(text), colourOf(ground));
    expect(ratio, `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
});

it('knows the largest contrast there is', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});
