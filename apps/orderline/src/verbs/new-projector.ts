import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { writeProjector } from '../new-projector/write-projector.ts';

const thisClone = fileURLToPath(new URL('../../../../', import.meta.url));

export const newProjector = (program: Command): void => {
  program
    .command('new-projector <name>')
    .description('write a projector that works: app, projection, migration, specs, and its place in the stack')
    .option('--into <folder>', 'another clone than this one', thisClone)
    .action((name: string, { into }: { into: string }) => {
      const { folder, port, added, changed } = writeProjector(name, into);
      const lines = [
        ...added.map((file) => `  new      ${file}`),
        ...changed.map((file) => `  changed  ${file}`),
        '',
        `It counts orders until you change it: apps/${folder}/src/${name}.projection.ts is the place to begin.`,
        '  npm install && npm run check            links it, and checks all there is',
        `  npm test -- integration ${folder}   its routes, on a database`,
        `  npm start                               runs it with the others, on port ${port}`,
        'docs/projector-in-ten-minutes.md goes through an example.',
      ];
      console.log(lines.join('\n'));
    });
};
