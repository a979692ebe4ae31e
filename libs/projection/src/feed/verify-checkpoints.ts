import { ProjectionError } from '../projection-error.ts';
import type { Checkpoint } from '../store/checkpoints.ts';
import type { Consumer, LogRanges } from './consumer-port.ts';

/**
 * Refuses to go on from a checkpoint that was made against another topic: another cluster, a log that ends before it or
 * starts behind it, or another event at the place of the last one taken in.
 */
export const verifyCheckpoints = async (
  checkpoints: readonly Checkpoint[],
  { clusterId, ranges }: { clusterId: string; ranges: LogRanges },
  reader: Consumer['reader'],
): Promise<void> => {
  for (const checkpoint of checkpoints) {
    const fault = faultOf(checkpoint, clusterId, ranges);
    if (fault !== undefined) throw foreign(checkpoint, fault);
  }
  await Promise.all(checkpoints.map((checkpoint) => mustHoldLastEvent(checkpoint, reader)));
};

const faultOf = (checkpoint: Checkpoint, clusterId: string, ranges: LogRanges): string | undefined => {
  if (checkpoint.clusterId !== clusterId)
    return `it was made against cluster ${checkpoint.clusterId}, this is ${clusterId}`;
  const range = ranges.get(checkpoint.partition);
  if (range === undefined) return 'the topic has no such partition';
  if (checkpoint.nextOffset > range.latest) return `the log ends at ${range.latest}: it was truncated or made anew`;
  if (checkpoint.nextOffset < range.earliest) return `the log starts at ${range.earliest}: records before it are gone`;
  return undefined;
};

const mustHoldLastEvent = async (checkpoint: Checkpoint, reader: Consumer['reader']): Promise<void> => {
  const { partition, lastOffset, lastEventId } = checkpoint;
  if (lastOffset === null || lastEventId === null) return;
  const record = await reader.readRecord(partition, lastOffset);
  const found = record?.headers.ce_id;
  if (found !== lastEventId) {
    throw foreign(
      checkpoint,
      `offset ${lastOffset} holds event ${found ?? 'none'} where ${lastEventId} was read before`,
    );
  }
};

const foreign = ({ partition, nextOffset }: Checkpoint, fault: string): ProjectionError =>
  new ProjectionError(
    'foreign_topic',
    `Partition ${partition}, checkpoint ${nextOffset}: ${fault}. Bring the topic back, or empty this projector's database ` +
      'and start it again: it fills from the start of the topic.',
  );
