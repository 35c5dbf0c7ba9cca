// The shapes of settlement files over the console.

export interface NetworkFile {
  readonly name: string;
  /** Where its participant finds it; null for an order to the network's bank. */
  readonly path: string | null;
  readonly participantId: string;
  readonly sizeBytes: number;
  /** SHA-256, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly madeAt: string;
  readonly fetchedAt: string | null;
  readonly fetchedBy: 'sftp' | 'http' | null;
  readonly fetchCount: number;
}

export interface NetworkFiles {
  readonly files: readonly NetworkFile[];
}
