// Reading a code from a picture, with a reader that is served by ourselves: nothing comes from a
// CDN.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import readerAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';

prepareZXingModule({
  overrides: {
    locateFile: (file: string, prefix: string) =>
      file.endsWith('.wasm') ? readerAddress : prefix + file,
  },
});

/** The text of the first QR or bar code in the picture, or undefined when none can be read. */
export async function readPicture(picture: ImageData | Blob): Promise<string | undefined> {
  const found = await readBarcodes(picture, {
    formats: ['QRCode', 'Code128'],
    tryHarder: true,
    maxNumberOfSymbols: 1,
  });
  return found.find((code) => code.isValid && code.text !== '')?.text;
}
