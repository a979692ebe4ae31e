type Machine = {
  /** What keeps the servers from running as processes of this machine; undefined when nothing does. */
  readonly whyNotNative: (env: NodeJS.ProcessEnv) => Promise<string | undefined>;
  readonly whyNotDocker: () => string | undefined;
};

/** Whether these words of a command line are going to start the stack. */
export declare const needsStack: (words: readonly string[]) => boolean;

/** Whether these words of a command line are going to run the consumers under examples, one of which is in Python. */
export declare const needsPython: (words: readonly string[]) => boolean;

/** Throws with what to install when the machine has no Python that can make an environment of its own. */
export declare const assertPython: (machine?: { readonly hasPython: () => boolean }) => void;

/** What the servers will run on. Throws with what to install when the machine has not got it. */
export declare const chooseStack: (
  env: NodeJS.ProcessEnv,
  machine?: Machine,
) => Promise<'native' | 'docker' | 'external'>;
