import { describe, expect, it } from 'vitest';
import { readScrape } from './read-scrape.ts';

const text = `# HELP orderline_projection_delay_seconds From the commit
# TYPE orderline_projection_delay_seconds histogram
orderline_projection_delay_seconds_bucket{le="0.01",service="a"} 3
orderline_projection_delay_seconds_bucket{le="+Inf",service="a"} 5
orderline_projection_delay_seconds_bucket{le="0.01",service="a",feed="other"} 1
orderline_projection_delay_seconds_bucket{le="+Inf",service="a",feed="other"} 1
orderline_projection_delay_seconds_sum{service="a"} 1.25
orderline_commands_total{command="a,b} c",outcome="accepted"} 7
orderline_commands_total{command="x",outcome="unchanged"} 2e1
orderline_relay_look_age_seconds 0.5
nodejs_eventloop_lag_seconds 12
`;

describe('a scrape', () => {
  it('adds figures and buckets up over labels, whatever stands in them', () => {
    const { at, figures, histograms } = readScrape(text, 1_000);
    expect(at).toBe(1_000);
    expect(figures.get('orderline_commands_total')).toBe(27);
    expect(figures.get('orderline_relay_look_age_seconds')).toBe(0.5);
    expect([...(histograms.get('orderline_projection_delay_seconds') ?? [])]).toEqual([
      [0.01, 4],
      [Number.POSITIVE_INFINITY, 6],
    ]);
  });

  it('passes over what is not the project’s own', () => {
    expect([...readScrape(text, 0).figures.keys()].filter((name) => !name.startsWith('orderline_'))).toEqual([]);
    expect(readScrape('<html>no metrics</html>', 0).figures.size).toBe(0);
  });
});
