// The partners around a hub that is killed: they live on, keep their own journals, and try again.

import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openNetwork } from '../../src/host/network.ts';
import { realClock } from '../../src/host/world.ts';
import { createPartnerClient, type PartnerClient } from '../../src/wire/client.ts';
import { createPartnerServer, type ReceivedCall } from '../../src/wire/partnerServer.ts';
import { result } from '../../src/wire/results.ts';
import { generateKeys } from '../../src/wire/signature.ts';
import type { CrashHubOrder } from './crashHub.ts';
import { acquirer, malaysian } from './scenes.ts';
import { SimulatedWallet } from './wallet.ts';

const callTimeoutMs = 2_500;

export interface Parties {
  readonly wallet: SimulatedWallet;
  /** Final results that the acquirer was notified of, by its own id. */
  readonly notified: Map<string, string>;
  readonly participants: CrashHubOrder['participants'];
  readonly hubKey: string;
  /** Clients for the hub at this address. */
  clients(baseUrl: string): { readonly till: PartnerClient; readonly wallet: PartnerClient };
  close(): Promise<void>;
}

/** Opens the wallet's and the acquirer's servers. */
export async function openParties(): Promise<Parties> {
  const hubPair = generateKeys('ES256');
  const wallet = new SimulatedWallet(malaysian.participantId);
  // Most pay at once, some decline, some need an inquiry to know.
  let serial = 0;
  wallet.decide = () => {
    serial += 1;
    if (serial % 10 === 3) return { failure: 'USER_BALANCE_NOT_ENOUGH' };
    return serial % 10 === 7 ? 'U' : 'S';
  };
  const notified = new Map<string, string>();
  const hear = async (call: ReceivedCall): Promise<object> => {
    const { paymentRequestId, paymentResult } = JSON.parse(call.bodyText) as {
      paymentRequestId: string;
      paymentResult: { resultCode: string };
    };
    const before = notified.get(paymentRequestId);
    if (before !== undefined && before !== paymentResult.resultCode) {
      throw new Error(`${paymentRequestId}: notified ${before}, then ${paymentResult.resultCode}`);
    }
    notified.set(paymentRequestId, paymentResult.resultCode);
    return { result: result('SUCCESS') };
  };
  const ask = async (call: ReceivedCall): Promise<object> => {
    if (call.api === 'inquiryPayment') decideLate(wallet, call.bodyText);
    return (await wallet.answer(call.api, call.bodyText)) ?? {};
  };
  const parties = [
    { partner: acquirer, answer: hear },
    { partner: malaysian, answer: ask },
  ];
  const servers: Server[] = [];
  const participants = [];
  const privateKeys = new Map<string, string>();
  for (const { partner, answer } of parties) {
    const pair = generateKeys('ES256');
    privateKeys.set(partner.participantId, pair.privateKeyPem);
    const server = await serve(partner.participantId, pair.privateKeyPem, hubPair, answer);
    servers.push(server);
    participants.push({
      ...{ interchangeBasisPoints: 0, serviceFeeBasisPoints: 0, spreadBasisPoints: 0 },
      ...partner,
      name: partner.participantId,
      clientId: partner.participantId,
      market: 'CN',
      orderCurrencies: partner.role === 'acquirer' ? [partner.currency] : [],
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      enabled: true,
      cap: partner.role === 'wallet' ? '100000000000' : null,
      algorithm: 'ES256' as const,
      keyVersion: '1',
      publicKey: pair.publicKeyPem,
    });
  }
  const network = openNetwork();
  const client = (clientId: string, baseUrl: string) =>
    createPartnerClient({
      baseUrl,
      clientId,
      privateKey: createPrivateKey(privateKeys.get(clientId) ?? ''),
      algorithm: 'ES256',
      hubPublicKey: createPublicKey(hubPair.publicKeyPem),
      network,
      clock: realClock,
      timeoutMs: callTimeoutMs,
    });
  return {
    wallet,
    notified,
    participants,
    hubKey: hubPair.privateKeyPem,
    clients: (baseUrl) => ({
      till: client(acquirer.participantId, baseUrl),
      wallet: client(malaysian.participantId, baseUrl),
    }),
    async close() {
      await network.close();
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

/** A wallet that said U has made up its mind by the time it is asked again. */
function decideLate(wallet: SimulatedWallet, text: string): void {
  const { paymentRequestId } = JSON.parse(text) as { paymentRequestId: string };
  const line = wallet.lines.get(paymentRequestId);
  if (line?.state === 'PROCESSING' && line.late) wallet.settle(paymentRequestId, 'S');
}

async function serve(
  clientId: string,
  privateKeyPem: string,
  hubPair: { publicKeyPem: string },
  answer: (call: ReceivedCall) => Promise<object>,
): Promise<Server> {
  const key = createPublicKey(hubPair.publicKeyPem);
  const partner = createPartnerServer({
    clientId,
    privateKey: createPrivateKey(privateKeyPem),
    algorithm: 'ES256',
    hubKeys: () => ({ algorithm: 'ES256', key }),
    clock: realClock,
  });
  const server = createServer(async (request, response) => {
    try {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const { method = 'POST', url: uri = '/', headers } = request;
      const signed = await partner.handle(
        { method, uri, headers, body: Buffer.concat(parts) },
        answer,
      );
      response.writeHead(signed.status, signed.headers).end(signed.body);
    } catch {
      // The hub was killed in the middle of its call: it asks again when it is back.
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
