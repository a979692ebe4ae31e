import type { TraceSettings } from './trace-settings.ts';
import type { Tracing } from './tracing.ts';

/**
 * Tracing of a service, or null where traces go nowhere. The SDK is loaded only where it is wanted: it costs memory and
 * time to start. `onFailure` is told when spans could not be sent, and not again before some could.
 */
export const openTracing = async (
  service: { readonly name: string; readonly version: string },
  settings: TraceSettings | undefined,
  onFailure: (error: Error | undefined) => void = () => undefined,
): Promise<Tracing | null> => {
  if (settings === undefined) return null;
  const { openTelemetry } = await import('./open-telemetry.ts');
  return openTelemetry(service, settings, onFailure);
};
