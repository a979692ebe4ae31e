import { Command } from 'commander';
import colours from 'picocolors';
import { ToldToStop } from './until-told-to-stop.ts';
import { audit } from './verbs/audit.ts';
import { demo } from './verbs/demo.ts';
import { down } from './verbs/down.ts';
import { history } from './verbs/history.ts';
import { load } from './verbs/load.ts';
import { newProjector } from './verbs/new-projector.ts';
import { parked } from './verbs/parked.ts';
import { provision } from './verbs/provision.ts';
import { rebuild } from './verbs/rebuild.ts';
import { recover } from './verbs/recover.ts';
import { relay } from './verbs/relay.ts';
import { replay } from './verbs/replay.ts';
import { republish } from './verbs/republish.ts';
import { reset } from './verbs/reset.ts';
import { schemas } from './verbs/schemas.ts';
import { start } from './verbs/start.ts';
import { state } from './verbs/state.ts';
import { status } from './verbs/status.ts';
import { timeline } from './verbs/timeline.ts';
import { up } from './verbs/up.ts';

const program = new Command('orderline').description('The order pipeline: run it, look at it, mend it.');
const verbs = [
  ...[start, demo, up, down, status, reset],
  ...[timeline, state, history, replay],
  ...[rebuild, parked, audit, republish, relay, recover],
  ...[load, schemas, provision, newProjector],
];
for (const verb of verbs) verb(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof ToldToStop) {
    console.error(`${error.message}; nothing is left running.`);
    process.exitCode = 130;
  } else {
    console.error(`${colours.red('orderline:')} ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
