import type { AuditOptions } from './audit-options.ts';
import { runAudit } from './run-audit.ts';

/**
 * What the topic lacks of what is stored: for each such order the first version from which it has to be sent again, so that
 * a reader that refuses gaps gets to the head; also where nothing is missing but the order on the topic keeps such a
 * reader from it. Orders that were never published are not among them.
 */
export const findLost = async (
  options: Omit<AuditOptions, 'readModels' | 'parts'>,
): Promise<{ orderId: string; fromVersion: number }[]> => {
  const { lost, outOfOrder } = await runAudit({ ...options, readModels: [], parts: ['topic'] });
  const first = new Map<string, number>();
  for (const { orderId, version } of [...lost, ...outOfOrder]) {
    first.set(orderId, Math.min(version, first.get(orderId) ?? version));
  }
  return [...first].map(([orderId, fromVersion]) => ({ orderId, fromVersion }));
};
