import { StreamVersionConflict, type Receipt } from '@orderline/event-store';
import { decide, type Order, type OrderCommand, type OrderEvent } from '@orderline/ordering';
import { RequestRefused, traced, type Piece } from '@orderline/service-host';
import { isExpected } from '../http/if-match.ts';
import { toRefusal } from '../http/refusal.ts';
import { orderOf, type OrderAtVersion } from '../reading/order-at-version.ts';
import { snapshotFingerprint } from '../reading/snapshot-fingerprint.ts';
import type { Admission } from './admission.ts';
import { appendDecided, type AppendParts } from './append-decided.ts';
import type { CommandRequest } from './command-request.ts';
import { firstOutcome, type CommandOutcome } from './first-outcome.ts';
import type { OrderQueue } from './order-queue.ts';
import { beforeNextTry } from './retry-delay.ts';

/** The command, once the order it is about is known: amounts are in the order's currency. */
export type CommandFor = (order: Order | undefined) => OrderCommand;

export type CommandParts = AppendParts & {
  /** Keeps the outcome of a command that changed nothing; answers with the receipt of an earlier use of the key. */
  remember: (receipt: Receipt) => Promise<Receipt | undefined>;
  queue: OrderQueue;
  admission: Admission;
};

/** Decides a command on its order and appends what was decided; every way it can fail is a refusal with its code. */
export type HandleCommand = (request: CommandRequest, command: CommandFor) => Promise<CommandOutcome>;

const mostTries = 6;

export const createCommandHandling =
  (parts: CommandParts): HandleCommand =>
  async (request, command) => {
    const { admission, queue, metrics } = parts;
    try {
      const handle = (): Promise<CommandOutcome> => handleWithTries(parts, request, command);
      const outcome = await admission.run(() => queue.run(request.orderId, handle));
      metrics.done(request.kind, outcome.effect);
      return outcome;
    } catch (error) {
      const refusal = toRefusal(error);
      metrics.refused(request.kind, refusal);
      throw refusal;
    }
  };

/** Another process may have appended in between: what was decided on the older state is thrown away and decided anew. */
const handleWithTries = async (
  parts: CommandParts,
  request: CommandRequest,
  command: CommandFor,
): Promise<CommandOutcome> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await handleOnce(parts, request, command);
    } catch (error) {
      if (!(error instanceof StreamVersionConflict)) throw error;
      parts.metrics.lostRace();
      if (request.expectation?.any === false) throw versionMoved(error.actual);
      if (tries === mostTries) throw error;
      await beforeNextTry(tries);
      parts.metrics.decidedAgain();
    }
  }
};

const handleOnce = async (
  parts: CommandParts,
  request: CommandRequest,
  command: CommandFor,
): Promise<CommandOutcome> => {
  const before = await load(parts, request);
  // After the state: a twin in another process whose effect is in the state has its receipt too.
  const earlier = await findEarlier(parts, request);
  // The first outcome comes before everything that depends on what the order is now.
  if (earlier) return firstOutcome(parts.store, request, earlier);
  if (before && request.expectation && !isExpected(request.expectation, before.version)) {
    throw versionMoved(before.version);
  }
  const events = decideOn(before, command);
  if (events.length === 0 && before) return unchanged(parts, request, before);
  const result = await appendDecided(parts, request, { before, events });
  return 'key' in result
    ? firstOutcome(parts.store, request, result)
    : { at: result, status: request.status, effect: 'accepted' };
};

const loadPiece: Piece = {
  name: 'load order',
  kind: 'client',
  attributes: { 'db.system.name': 'postgresql' },
};

/** A new order's id is new: there is nothing to load. */
const load = async (
  { store }: CommandParts,
  { orderId, status, trace }: CommandRequest,
): Promise<OrderAtVersion | undefined> => {
  if (status === 201) return undefined;
  const stream = await traced(trace, loadPiece, () => store.load(orderId, { snapshotFingerprint }));
  return stream && orderOf(stream);
};

/** A new order's receipt is found by its append. */
const findEarlier = async ({ store }: CommandParts, { key, status }: CommandRequest): Promise<Receipt | undefined> =>
  key === undefined || status === 201 ? undefined : store.findReceipt(key.key);

const decideOn = (before: OrderAtVersion | undefined, command: CommandFor): OrderEvent[] => {
  try {
    return decide(command(before?.order), before?.order);
  } catch (error) {
    throw toRefusal(error, before?.version);
  }
};

const unchanged = async (
  parts: CommandParts,
  request: CommandRequest,
  before: OrderAtVersion,
): Promise<CommandOutcome> => {
  const { key, orderId, status } = request;
  const earlier = key && (await parts.remember({ ...key, orderId, version: before.version, status }));
  return earlier ? firstOutcome(parts.store, request, earlier) : { at: before, status, effect: 'unchanged' };
};

const versionMoved = (currentVersion: number): RequestRefused =>
  new RequestRefused(412, 'version_moved', {
    detail: `The order is at version ${currentVersion} now.`,
    members: { currentVersion },
  });
