/** What the set-up of a test run gives to its spec files through vitest's `inject`. */
export type StackAddresses = {
  commandUrl: string;
  summaryUrl: string;
  /** Of each app, by its name in the stack: `order-command`, `order-summary`, … */
  appUrls: Readonly<Record<string, string>>;
  kafkaBrokers: string[];
  registryUrl: string;
  connectUrl: string;
  /** Superuser's address of the server; the path names the database `orders`. */
  ordersUrl: string;
  /** Folder with a file `<part>.json` (`{ pid }` first) for each part and app, kept by the supervisor. */
  pidFolder: string;
  /** Where the apps tell the traces that a request asks for, as OTLP JSON lines. */
  tracesFile: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    stack: StackAddresses;
  }
}
