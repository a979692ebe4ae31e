import { execFile } from 'node:child_process';

/** Runs npm in a folder and resolves with what it printed, however it ended: its exit code says both "found" and "failed". */
export const npm = (words: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<string> => {
  const throughNpm = env['npm_execpath'];
  const [file, args] =
    throughNpm?.endsWith('.js') === true ? [process.execPath, [throughNpm, ...words]] : ['npm', words];
  return new Promise((resolve, reject) => {
    execFile(file, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout) => {
      if (error?.code === 'ENOENT') reject(new Error('npm could not be started', { cause: error }));
      else resolve(stdout);
    });
  });
};
