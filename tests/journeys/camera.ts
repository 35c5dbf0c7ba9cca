// A camera that sees one QR code and nothing else: a short film that Chromium plays as its camera.
import { writeFileSync } from 'node:fs';
import { encode } from 'uqr';

const width = 640;
const height = 480;
const frames = 5;
/** Luminance of dark and light modules and of the counter around: no camera sees pure black. */
const shades = { dark: 25, light: 225, around: 150 };

/** Writes a film (YUV4MPEG2, grey) of a screen that shows `text` as a QR code. */
export function writeFilm(file: string, text: string): void {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const scale = Math.floor((height * 0.8) / size);
  const left = (width - size * scale) >> 1;
  const top = (height - size * scale) >> 1;
  const luminance = Buffer.alloc(width * height, shades.around);
  for (let y = 0; y < size * scale; y += 1) {
    const row = data[Math.floor(y / scale)] ?? [];
    for (let x = 0; x < size * scale; x += 1) {
      const shade = row[Math.floor(x / scale)] ? shades.dark : shades.light;
      luminance[(y + top) * width + x + left] = shade;
    }
  }
  const colour = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luminance, colour]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420\n`);
  writeFileSync(file, Buffer.concat([head, ...Array.from({ length: frames }, () => frame)]));
}

/** Flags with which the browser takes the film for its camera and asks nobody. */
export function cameraFlags(file: string): string[] {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ];
}
