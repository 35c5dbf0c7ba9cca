// The hub, put together: configuration, desk, calls and the partner API on one world.

import { defaultTiming, type Timing } from '../base/limits.ts';
import type { Clock, MovableClock, Random, World } from '../base/world.ts';
import type { Calendars } from '../calendar/businessDay.ts';
import type { CodeRule } from '../codes/codeRule.ts';
import { presetRules } from '../codes/presetRules.ts';
import { DisputeDesk } from '../disputes/commands.ts';
import type { LimitRules } from '../limits/limitRules.ts';
import { presetLimits } from '../limits/presetLimits.ts';
import type { ScreeningList } from '../limits/screening.ts';
import { type HubKeys, PartnerCalls } from '../network/calls.ts';
import { MessageLog } from '../network/messageLog.ts';
import { PaymentDesk } from '../payments/commands.ts';
import { RegistrationDesk } from '../registrations/desk.ts';
import { isMerchantPath } from '../wire/merchantPaths.ts';
import { requestUri, type Signatures, signaturesHere } from '../wire/signature.ts';
import { AgreementDesk } from './agreements.ts';
import { publishedRules } from './codeRules.ts';
import { type Configuration, openConfiguration } from './configuration.ts';
import { disputePerformer } from './disputes.ts';
import type { HubRequest, HubResponse } from './door.ts';
import { handleMerchant } from './merchant/handle.ts';
import { type NetworkClock, openNetworkClock } from './networkClock.ts';
import { handlePartner, type PartnerApiOptions } from './partner/handle.ts';
import { performer } from './performer.ts';
import { askWalletAbout, tellAcquirer } from './registering.ts';

export interface HubOptions {
  readonly world: World & { readonly clock: MovableClock };
  readonly keys: HubKeys;
  /** Where it signs and verifies; `signaturesHere` if not given. */
  readonly signatures?: Signatures;
  /** The times in force; asked again at every look at the configuration. */
  readonly timing?: () => Timing;
  /** What wallets are told about codes; those that come with the project when absent. */
  readonly codeRules?: readonly CodeRule[];
  /** How much one person may pay; the rules that come with the project when absent. */
  readonly limitRules?: LimitRules;
  /** Names that nobody may be paid under; no screening when absent. */
  readonly screening?: ScreeningList | null;
  /** Tells this process apart from others on the same database: a few letters or digits. */
  readonly process: string;
  /** For the operator's log: what failed and is tried again, or was answered as unknown. */
  readonly failed: (what: string, error: unknown) => void;
  /** Where visitors reach the network's own pages; asked again at every reload. */
  readonly publicUrl?: () => string;
  readonly pollMs?: number;
  readonly refreshMs?: number;
  /** How long after midnight days close by themselves, for the pages; null: they do not. */
  readonly closesItselfMs?: number | null;
}

export interface Hub {
  readonly configuration: Configuration;
  readonly clock: NetworkClock;
  readonly desk: PaymentDesk;
  readonly agreements: AgreementDesk;
  readonly registrations: RegistrationDesk;
  readonly disputes: DisputeDesk;
  readonly log: MessageLog;
  /** For what is signed beside the partner API. */
  readonly keys: HubKeys;
  readonly signatures: Signatures;
  failed(what: string, error: unknown): void;
  /** For secrets and tokens of people. */
  readonly random: Random;
  /** The hub's time. */
  now(): number;
  /** For work that is paced beside the payments. */
  readonly pace: Pick<Clock, 'elapsed' | 'pause'>;
  calendars(): Calendars;
  readonly closesItselfMs: number | null;
  /** Answers a request of a partner or of a merchant, whose dialect its path tells. */
  handle(request: HubRequest): Promise<HubResponse>;
  /** Finishes what waits and stops; what is in the outbox goes on at the next start. */
  stop(): Promise<void>;
}

const usualPollMs = 250;
const usualRefreshMs = 1_000;
/** A network that was told no address of its own has one that nobody can open. */
const noPublicUrl = () => 'https://wayfare.example';

/** Starts a hub on a network that exists (migrated, with lanes). */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { world, failed, keys, signatures = signaturesHere } = options;
  const { clock, database, network, random } = world;
  const networkClock = await openNetworkClock(database, clock);
  const configuration = await openConfiguration({
    database,
    clock,
    networkClock,
    timing: options.timing ?? (() => defaultTiming),
    limitRules: options.limitRules ?? presetLimits,
    screening: options.screening ?? null,
    publicUrl: options.publicUrl ?? noPublicUrl,
    refreshMs: options.refreshMs ?? usualRefreshMs,
    failed,
  });
  const { rules } = configuration;
  const { lanes } = rules();
  const log = new MessageLog({
    database,
    clock,
    lanes,
    process: options.process,
    failed: (error) => failed('the message log', error),
  });
  const calls = new PartnerCalls({
    clock,
    network,
    directory: () => rules().directory,
    keys,
    signatures,
    log,
    timeoutMs: () => rules().timing.partnerCallMs,
    toleranceMs: () => rules().timing.timeToleranceMs,
  });
  const agreements = new AgreementDesk({
    rules,
    merchants: configuration.merchants,
    calls,
    keys,
    run: (command) => desk.run(command),
    failed,
  });
  const desk: PaymentDesk = new PaymentDesk({
    lanes,
    clock,
    database,
    rules,
    pollMs: options.pollMs ?? usualPollMs,
    perform: performer({
      rules,
      merchants: configuration.merchants,
      calls,
      now: () => clock.now(),
      failed,
      run: (command) => desk.run(command),
      agreements,
    }),
    performAgreement: (item, agreement) => agreements.perform(item, agreement),
    failed,
  });
  const registrations = new RegistrationDesk({
    clock,
    random,
    database,
    keeper: configuration.registrations,
    directory: () => rules().directory,
    timing: () => rules().timing,
    ask: (...about) => askWalletAbout(calls, rules().directory, ...about),
    tell: (registration) =>
      tellAcquirer(calls, rules().directory, configuration.merchants(), registration),
    failed,
    pollMs: options.refreshMs ?? usualRefreshMs,
  });
  desk.start();
  registrations.start();
  const disputes: DisputeDesk = new DisputeDesk({
    lanes,
    clock,
    database,
    rules,
    // Nobody waits at a till for a dispute.
    pollMs: (options.pollMs ?? usualPollMs) * 4,
    perform: disputePerformer({
      rules,
      database,
      merchants: configuration.merchants,
      calls,
      failed,
      run: (command) => disputes.run(command),
    }),
    failed,
  });
  await disputes.start();
  desk.listen((payment) => disputes.paymentChanged(payment));
  const api: PartnerApiOptions = {
    clock,
    random,
    rules,
    desk,
    agreements,
    registrations,
    disputes,
    codeRules: publishedRules(options.codeRules ?? presetRules, rules().directory, failed),
    keys,
    signatures,
    log,
    isBusy: (participantId) => calls.isBusy(participantId),
    ask: (call) => calls.call(call),
    failed,
  };
  return {
    configuration,
    clock: networkClock,
    desk,
    agreements,
    registrations,
    disputes,
    log,
    keys,
    signatures,
    failed,
    random,
    now: () => clock.now(),
    pace: clock,
    calendars: configuration.calendars,
    closesItselfMs: options.closesItselfMs ?? null,
    handle: (request) =>
      isMerchantPath(requestUri(request.uri))
        ? handleMerchant({ ...api, database, merchants: configuration.merchants }, request)
        : handlePartner(api, request),
    async stop() {
      configuration.stop();
      await registrations.stop();
      await desk.stop();
      await disputes.stop();
      await log.flush();
    },
  };
}
