import { describe, expect, it } from 'vitest';
import { chooseStack, needsStack } from '../../bootstrap/prerequisites.mjs';

const machine = (noNative?: string, noDocker?: string) => ({
  whyNotNative: () => Promise.resolve(noNative),
  whyNotDocker: () => noDocker,
});
const old = 'Java 21 or later is needed (found 17 in /usr/lib/jvm/java-17). Maven (mvn) is needed.';

describe('what the stack runs on', () => {
  it('is this machine itself where it can, else Docker', async () => {
    expect(await chooseStack({}, machine())).toBe('native');
    expect(await chooseStack({}, machine(old))).toBe('docker');
    expect(await chooseStack({ ORDERLINE_STACK: 'docker' }, machine())).toBe('docker');
    expect(await chooseStack({ ORDERLINE_STACK: 'external' }, machine(old, 'none'))).toBe('external');
  });

  it('is said exactly when there is neither: what is missing and how to install it', async () => {
    const refused = chooseStack({}, machine(old, 'docker is not installed.'));
    await expect(refused).rejects.toThrow(
      /found 17 in[^]*apt-get install openjdk-21-jdk-headless maven[^]*docs\.docker\.com/u,
    );
    await expect(refused).rejects.toThrow('nothing has been changed');
  });

  it('names only what is missing', async () => {
    const noMaven = chooseStack({ ORDERLINE_STACK: 'native' }, machine('Maven (mvn) is needed.'));
    await expect(noMaven).rejects.toThrow('apt-get install maven');
    await expect(noMaven).rejects.not.toThrow('docker.com');
  });

  it('is native, docker or external, nothing else', async () => {
    await expect(chooseStack({ ORDERLINE_STACK: 'podman' }, machine())).rejects.toThrow('not podman');
  });

  it('matters to the commands that start it, not to the others', () => {
    expect([['start'], ['up'], ['demo', '--json'], ['run', 'test/run.ts']].map(needsStack)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([['status'], ['down'], [], ['run', 'test/check.ts'], ['demo', '--help']].map(needsStack)).not.toContain(
      true,
    );
  });
});
