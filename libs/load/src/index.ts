export { chanceOf } from './lives/chance.ts';
export { startLoadProcess, type RemoteLoad } from './traffic/load-process.ts';
export { sendCommand } from './traffic/send-command.ts';
export { startLoad } from './traffic/start-load.ts';
export type { LoadReport } from './traffic/tally.ts';
export { brokenPromises } from './verdict/broken-promises.ts';
