// `wayfare partner`: lets a wallet or an acquirer into the network by its public key.

import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type CodeIssuer, ciiOf } from '../network/codeIssuer.ts';
import type { Participant, ParticipantRole } from '../network/participant.ts';
import { writeParticipant } from '../network/participantStore.ts';
import { readDirectory } from '../network/store.ts';
import { type Algorithm, algorithmOf, readPublicKey } from '../wire/signature.ts';
import { aCap, aCurrency, anOrigin, aRegion, basisPoints, within } from './arguments.ts';
import { cashierCommand } from './cashier.ts';
import { networkNow } from './clock.ts';
import { hubPublicKeyFile, openHubKeys } from './hubKeys.ts';
import { registrationCommand } from './registration.ts';
import { defaultTerms } from './terms.ts';
import { withDatabase } from './withDatabase.ts';

interface AddOptions {
  readonly role: ParticipantRole;
  readonly id: string;
  readonly name?: string;
  readonly clientId?: string;
  readonly market: string;
  readonly currency: string;
  readonly orderCurrencies?: string;
  readonly endpoint: string;
  readonly publicKey: string;
  readonly keyVersion: string;
  readonly cap?: bigint;
  readonly spread?: number;
  readonly serviceFee?: number;
  readonly interchange?: number;
  readonly codePrefix?: number;
  readonly codeAgreement?: number;
  readonly routing?: string;
  readonly disabled?: true;
  readonly json?: true;
}

export function partnerCommand(): Command {
  return new Command('partner')
    .description('the participants of the network')
    .addCommand(addCommand())
    .addCommand(cashierCommand())
    .addCommand(registrationCommand())
    .addCommand(listCommand());
}

function addCommand(): Command {
  return new Command('add')
    .description('let a wallet or an acquirer in; for one that is in, change only what is said')
    .addOption(
      new Option('--role <role>', 'what it is')
        .choices(['wallet', 'acquirer'])
        .makeOptionMandatory(),
    )
    .requiredOption('--id <id>', 'its participant id: pspId or acquirerId on the wire', anId)
    .requiredOption('--public-key <file>', 'its public key: PEM or bare base64 (RSA or P-256)')
    .requiredOption('--endpoint <url>', 'where the hub calls it; API paths are appended', anOrigin)
    .requiredOption('--currency <code>', 'the currency it settles in', aCurrency)
    .requiredOption('--market <region>', 'its country or region, two letters', aRegion)
    .option('--name <name>', 'its brand as people read it; default: its id')
    .option('--client-id <id>', 'its Client-Id header; default: its id', anId)
    .option('--order-currencies <list>', 'acquirers: currencies of orders; default: settlement')
    .option('--key-version <version>', 'the version of the key', '1')
    .option('--cap <minor>', 'newcomers: the most it may owe, in minor units', aCap)
    .option('--spread <bp>', 'spread on its rate in basis points', basisPoints)
    .option('--service-fee <bp>', 'its service fee in basis points', basisPoints)
    .option('--interchange <bp>', 'acquirers: interchange in basis points', basisPoints)
    .option('--code-prefix <digits>', 'wallets: payment codes begin with it', within(25, 30))
    .option('--code-agreement <digit>', 'wallets: the third digit of the codes', within(0, 9))
    .option('--routing <number>', 'wallets: three digits that name it for good', aRoutingNumber)
    .option('--disabled', 'write it down without letting it call')
    .option('--json', 'one JSON object instead of text')
    .action(async (options: AddOptions) => {
      const file = readFileSync(options.publicKey, 'utf8');
      const key = readPublicKey(file);
      const codeIssuer = issuerOf(options);
      const algorithm = key === undefined ? undefined : algorithmOf(key);
      if (algorithm === undefined) {
        throw new Error(`${options.publicKey} holds no RSA or P-256 public key`);
      }
      const { participant, home } = await withDatabase(async (database, home) => {
        const keys = { algorithm, keyVersion: options.keyVersion, publicKey: file.trim() };
        const known = (await readDirectory(database)).byId(options.id);
        if (known !== undefined && options.cap !== undefined && options.cap !== known.cap) {
          throw new Error(`two persons change the cap of ${options.id}: wayfare caps set`);
        }
        const participant = participantOf(options, known);
        const written = { ...participant, ...keys, codeIssuer, keepsCap: true };
        const agreed = await writeParticipant(database, written, await networkNow(database));
        openHubKeys(home);
        return { participant: { ...participant, codeIssuer: agreed }, home };
      });
      const added = addedView(participant, algorithm, home);
      const { codeIssuer: agreed } = participant;
      process.stdout.write(
        options.json ? `${JSON.stringify(added)}\n` : writtenPartner(added, agreed),
      );
    });
}

/** What is not said stays as it was agreed before; for a newcomer it is our usual terms. */
function participantOf(
  options: AddOptions,
  known: Participant | undefined,
): Omit<Participant, 'codeIssuer'> {
  const terms = known ?? defaultTerms(options.role);
  const currencies =
    options.orderCurrencies ?? known?.orderCurrencies.join(' ') ?? options.currency;
  return {
    participantId: options.id,
    role: options.role,
    name: options.name ?? known?.name ?? options.id,
    clientId: options.clientId ?? known?.clientId ?? options.id,
    market: options.market,
    currency: options.currency,
    orderCurrencies:
      options.role === 'acquirer' ? currencies.split(/[ ,]+/).map((code) => aCurrency(code)) : [],
    endpoint: options.endpoint,
    enabled: options.disabled !== true,
    serviceFeeBasisPoints: options.serviceFee ?? terms.serviceFeeBasisPoints,
    interchangeBasisPoints: options.interchange ?? terms.interchangeBasisPoints,
    spreadBasisPoints: options.spread ?? terms.spreadBasisPoints,
    cap: options.cap ?? known?.cap ?? null,
  };
}

function addedView(participant: Participant, algorithm: Algorithm, home: string) {
  return {
    participantId: participant.participantId,
    role: participant.role,
    clientId: participant.clientId,
    algorithm,
    currency: participant.currency,
    endpoint: participant.endpoint,
    cap: participant.cap === null ? null : String(participant.cap),
    ...codeIssuerView(participant.codeIssuer),
    hubPublicKey: readFileSync(hubPublicKeyFile(home), 'utf8'),
  };
}

/** What is said of its payment codes; nothing said is nothing changed. */
function issuerOf(options: AddOptions): Partial<CodeIssuer> | null {
  const { role, codePrefix, codeAgreement, routing } = options;
  const asked = {
    ...(codePrefix === undefined ? {} : { prefix: codePrefix }),
    ...(codeAgreement === undefined ? {} : { agreement: codeAgreement }),
    ...(routing === undefined ? {} : { routingNumber: routing }),
  };
  if (role === 'wallet') return asked;
  if (Object.keys(asked).length === 0) return null;
  throw new Error('--code-prefix, --code-agreement and --routing are of wallets');
}

/** An acquirer issues no payment codes. */
function codeIssuerView(issuer: CodeIssuer | null) {
  if (issuer === null) return {};
  const { prefix, agreement, routingNumber } = issuer;
  return { codePrefix: prefix, codeAgreement: agreement, routingNumber };
}

function writtenPartner(added: ReturnType<typeof addedView>, issuer: CodeIssuer | null): string {
  return [
    `${added.role} ${added.participantId} is in the network.`,
    `It signs with ${added.algorithm} as Client-Id ${added.clientId}.`,
    ...(issuer === null ? [] : [`Its payment codes begin with ${ciiOf(issuer)}.`]),
    `It verifies the network's messages with the matching key of these:`,
    added.hubPublicKey,
  ].join('\n');
}

function listCommand(): Command {
  return new Command('list')
    .description('who takes part')
    .option('--json', 'one JSON object a line instead of text')
    .action(async (options: { json?: true }) => {
      const directory = await withDatabase((database) => readDirectory(database));
      for (const each of directory.participants) {
        const view = {
          participantId: each.participantId,
          role: each.role,
          name: each.name,
          clientId: each.clientId,
          market: each.market,
          currency: each.currency,
          endpoint: each.endpoint,
          enabled: each.enabled,
          cap: each.cap === null ? null : String(each.cap),
          ...codeIssuerView(each.codeIssuer),
        };
        const line = options.json ? JSON.stringify(view) : listed(each);
        process.stdout.write(`${line}\n`);
      }
    });
}

/** Of a wallet also the six digits that its payment codes begin with. */
function listed({ role, participantId, currency, codeIssuer, name }: Participant): string {
  const begin = codeIssuer === null ? '' : ciiOf(codeIssuer);
  return [role.padEnd(8), participantId.padEnd(19), currency, begin.padStart(7), '', name].join(
    ' ',
  );
}

function anId(text: string): string {
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(text)) {
    throw new InvalidArgumentError('1 to 64 letters, digits, dots, dashes, underscores');
  }
  return text;
}

function aRoutingNumber(text: string): string {
  if (!/^[0-9]{3}$/.test(text)) throw new InvalidArgumentError('three digits, as 101');
  return text;
}
