import type { TraceSettings } from './trace-settings.ts';
import type { Tracing } from './tracing.ts';

/**
 * Tracing of a service, or null where traces go nowhere. The SDK is loaded only where it is wanted: it costs memory and
 * time to start.
 */
export const openTracing = async (
  service: { readonly name: string; readonly version: string },
  settings: TraceSettings | undefined,
): Promise<Tracing | null> => {
  if (settings === undefined) return null;
  const { openTelemetry } = await import('./open-telemetry.ts');
  return openTelemetry(service, settings);
};
