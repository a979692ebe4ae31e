import type { Command } from 'commander';
import { commandAddress } from '../inspect/command-address.ts';
import { writeSide } from '../inspect/write-side.ts';
import { table } from '../screen/table.ts';

export const history = (program: Command): void => {
  program
    .command('history <orderId>')
    .description('every event of an order as it is stored: its schema version, who, and the data in today’s shape')
    .option('--json', 'as JSON, an event per line')
    .option('--url <address>', 'of order-command, when it is not the local one')
    .action(async (orderId: string, { json = false, url }: { json?: boolean; url?: string }) => {
      const events = await writeSide(commandAddress(url)).history(orderId);
      if (json) {
        for (const event of events) console.log(JSON.stringify(event));
        return;
      }
      const rows = events.map((event) => [
        `v${event.version}`,
        event.recordedAt,
        event.type,
        event.storedSchemaVersion === event.schemaVersion
          ? String(event.schemaVersion)
          : `${event.storedSchemaVersion} → ${event.schemaVersion}`,
        `${event.actor.role}:${event.actor.id}`,
        JSON.stringify(event.data),
      ]);
      console.log(table(['', 'recorded at', 'event', 'schema', 'by', 'data'], rows));
    });
};
