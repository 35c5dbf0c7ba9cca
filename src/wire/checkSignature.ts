// Carries a diagnosis out with WebCrypto, the same in a browser and in Node.
import { rawEcdsa } from './publicKeyBytes.ts';
import {
  type Attempt,
  concludeDiagnosis,
  type Diagnosis,
  planDiagnosis,
  type Scheme,
  type SignatureQuestion,
} from './signatureDiagnosis.ts';

const algorithms = {
  RSA256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  'RSA-SHA1': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1' },
  'RSA-SHA512': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
  'RSA-PSS': { name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 },
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'ES-SHA512': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-512' },
} as const satisfies Record<Scheme, object>;

/** Judges a pasted message. Never rejects: a key that cannot be used fits nothing. */
export async function diagnoseSignature(question: SignatureQuestion): Promise<Diagnosis> {
  const plan = planDiagnosis(question);
  const fits: boolean[] = [];
  for (const attempt of plan.attempts) {
    const doesFit = await tries(attempt);
    fits.push(doesFit);
    if (doesFit) break;
  }
  return concludeDiagnosis(plan, fits);
}

async function tries({ key, scheme, content, signature }: Attempt): Promise<boolean> {
  const algorithm = algorithms[scheme];
  const bytes = algorithm.name === 'ECDSA' ? rawEcdsa(signature) : signature;
  if (bytes === undefined) return false;
  try {
    const { subtle } = globalThis.crypto;
    const imported = await subtle.importKey('spki', key.spki, algorithm, false, ['verify']);
    return await subtle.verify(algorithm, imported, bytes, new TextEncoder().encode(content));
  } catch {
    // The library refuses a key or a signature of the wrong form: then it does not fit.
    return false;
  }
}
