import { republish, republishedLine, type Republished } from './republish.ts';

export type Lost = { readonly orderId: string; readonly fromVersion: number };

export type LostParts = {
  readonly commandUrl: string;
  /** What the topic lacks now, once the relay has had time to bring what is on its way. */
  readonly findLost: () => Promise<readonly Lost[]>;
  readonly say: (line: string) => void;
  readonly dryRun: boolean;
};

const mostRounds = 5;
const inHand = 8;

/**
 * Sends what the topic lacks again until it lacks nothing; a dry run looks once and sends nothing. Answers with what was sent,
 * or would be. Throws when something is still missing after five rounds.
 */
export const sendLost = async (parts: LostParts): Promise<Republished[]> => {
  const sent: Republished[] = [];
  for (let round = 1; round <= mostRounds; round += 1) {
    const lost = await parts.findLost();
    parts.say(
      lost.length === 0 ? 'Nothing is missing on the topic.' : `${lost.length} orders lack events on the topic.`,
    );
    if (lost.length === 0) return sent;
    sent.push(...(await sendAll(parts, lost)));
    if (parts.dryRun) return sent;
  }
  throw new Error(
    `events are missing on the topic still, after ${mostRounds} rounds: npm run orderline -- audit names them`,
  );
};

const sendAll = async ({ commandUrl, say, dryRun }: LostParts, lost: readonly Lost[]): Promise<Republished[]> => {
  const sent: Republished[] = [];
  for (let at = 0; at < lost.length; at += inHand) {
    const answers = lost.slice(at, at + inHand).map((order) => republish(commandUrl, { ...order, dryRun }));
    for (const answer of await Promise.all(answers)) {
      sent.push(answer);
      say(republishedLine(answer));
    }
  }
  return sent;
};
