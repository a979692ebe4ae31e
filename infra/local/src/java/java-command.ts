import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from '../processes/launch.ts';
import type { Artefacts } from './artefacts.ts';
import type { Java } from './find-java.mjs';

export type JavaProgram = {
  /** Names the archive of loaded classes. */
  readonly name: string;
  /** JVM options such as heap sizes. */
  readonly options: readonly string[];
  /** The main class or `-jar`, and its arguments. */
  readonly run: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
};

/**
 * How to run a Java program. Its loaded classes are archived when it first ends and mapped from then on, which halves its
 * start. An archive that another Java or class path wrote is ignored and written anew.
 */
export const javaCommand = (java: Java, artefacts: Artefacts, program: JavaProgram): Command => ({
  file: java.executable,
  args: [
    '-XX:+AutoCreateSharedArchive',
    `-XX:SharedArchiveFile=${join(artefacts.classData, `${program.name}-${java.version}.jsa`)}`,
    '-Xlog:cds=off',
    '-Xlog:aot=off',
    '-Djava.net.preferIPv4Stack=true',
    '-Djava.awt.headless=true',
    '-Duser.timezone=UTC',
    '-XX:+ExitOnOutOfMemoryError',
    ...program.options,
    ...program.run,
  ],
  ...(program.env && { env: program.env }),
  ...(program.cwd !== undefined && { cwd: program.cwd }),
});

/** The jars one by one and sorted: an archive of classes belongs to one exact class path. */
export const classPath = (folder: string): string =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jar'))
    .toSorted()
    .map((name) => join(folder, name))
    .join(':');
