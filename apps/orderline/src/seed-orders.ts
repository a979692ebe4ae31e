import { lives } from './demo/lives.ts';
import { walkLife } from './demo/walk-life.ts';
import { httpCall } from './http-call.ts';

const seeded = ['delivered', 'paid, delivered, partly refunded', 'open: preparing', 'open: confirmed', 'open: created'];

/** A few orders at different points of their lives, unless there are some already; answers with the ids of those made. */
export const seedOrders = async (urls: Readonly<Record<string, string>>): Promise<string[]> => {
  const { 'order-command': commandUrl, 'order-summary': summaryUrl } = urls;
  if (commandUrl === undefined) return [];
  if (summaryUrl !== undefined && (await hasOrders(summaryUrl))) return [];
  const chosen = lives.filter(({ name }) => seeded.includes(name));
  const walked = await Promise.all(
    chosen.map((life, i) =>
      walkLife(life, {
        commandUrl,
        restaurantId: 'r-1',
        customerId: `c-${i + 1}`,
        paceMs: 0,
        onCommit: () => undefined,
      }),
    ),
  );
  const problems = walked.flatMap((one) => one.problems);
  if (problems.length > 0) throw new Error(`the first orders were not taken: ${problems.join('; ')}`);
  return walked.map(({ orderId }) => orderId);
};

const hasOrders = async (summaryUrl: string): Promise<boolean> => {
  const { body } = await httpCall('GET', `${summaryUrl}/orders?limit=1`);
  return (body as { items?: unknown[] }).items?.length !== 0;
};
