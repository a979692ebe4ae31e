/** Runs `npm ci` unless node_modules is what package-lock.json says. Only one runs at a time: others wait for it. */
export declare const installIfNeeded: (repository: string) => Promise<void>;

/** Whether node_modules is what package-lock.json says. */
export declare const isInstalled: (repository: string) => boolean;
