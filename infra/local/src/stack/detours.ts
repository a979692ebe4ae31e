import type { PortName, Ports } from '../ports/port-plan.ts';

/** A connection that goes by way of a port of somebody else, a test's proxy say, instead of to the server itself. */
export type Detour = {
  /** The part that connects: an app, `connect` or `registry`. */
  readonly from: string;
  readonly to: 'postgres' | 'kafka' | 'registry';
  /** Where `from` is told to find `to`. */
  readonly port: number;
  /**
   * Kafka's own port for those who come this way. Its clients go where the broker says it is, so each detour needs a
   * listener that says `port`.
   */
  readonly listener?: number;
};

/** A further listener of the broker, which tells its clients to come to `advertised`. */
export type KafkaDoor = { readonly port: number; readonly advertised: number };

/** The ports of the stack as one part finds them. */
export const portsSeenBy = (part: string, ports: Ports, detours: readonly Detour[]): Ports => ({
  ...ports,
  ...Object.fromEntries(
    detours.filter(({ from }) => from === part).map(({ to, port }): [PortName, number] => [to, port]),
  ),
});

/** What the broker has to listen on besides its own port; throws on a detour to it that names no listener. */
export const kafkaDoors = (detours: readonly Detour[]): readonly KafkaDoor[] =>
  detours
    .filter(({ to }) => to === 'kafka')
    .map(({ from, port, listener }) => {
      if (listener === undefined) throw new Error(`the detour of ${from} to kafka names no listener`);
      return { port: listener, advertised: port };
    });
