import { resetStack, StackRunning, stopStack, viewStack } from '@orderline/local-stack';
import { mountSmallDisk, unmountSmallDisk, type SmallDisk } from './small-disk.ts';
import { steppedClock, type SteppedClock } from './stepped-clock.ts';

export type Extras = { readonly disk: SmallDisk | undefined; readonly clock: SteppedClock | undefined };

/** An empty place for the stack, what a killed run left stopped and removed. Throws StackRunning while a campaign runs. */
export const prepareGround = async (stackName: string): Promise<Extras> => {
  const view = viewStack(stackName, process.env);
  if (view.supervisor !== undefined) throw new StackRunning(view.supervisor);
  await stopStack(view);
  const folder = view.folder.data('postgres');
  unmountSmallDisk(folder);
  await resetStack(view);
  return { disk: mountSmallDisk(folder), clock: steppedClock(view.folder.root) };
};
