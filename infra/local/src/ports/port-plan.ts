/** Where everything listens, on 127.0.0.1. Docker publishes the same ports. */
export const defaultPorts = {
  'order-command': 3000,
  'order-summary': 3001,
  'restaurant-dashboard': 3002,
  'customer-history': 3003,
  analytics: 3004,
  'relay-supervisor': 3005,
  console: 3010,
  postgres: 15432,
  kafka: 19092,
  'kafka-controller': 19093,
  connect: 18083,
  registry: 18081,
  'registry-management': 18082,
} as const;

export type PortName = keyof typeof defaultPorts;
export type Ports = Readonly<Record<PortName, number>>;

/**
 * The ports of one stack: the defaults, all moved by ORDERLINE_PORT_OFFSET, each replaceable by ORDERLINE_PORT_<NAME>
 * (`ORDERLINE_PORT_ORDER_COMMAND=4000`). Throws, naming every wrong setting, on anything that is not a port and on clashes.
 */
export const portPlan = (env: Readonly<Record<string, string | undefined>>, offset?: number): Ports => {
  const moved = offset ?? number(env['ORDERLINE_PORT_OFFSET'] ?? '0');
  const entries = Object.entries(defaultPorts).map(([name, port]): [string, number] => {
    const own = env[variableOf(name)];
    return [name, own === undefined || own === '' ? port + moved : number(own)];
  });
  const wrong = entries.filter(([, port]) => !(port > 0 && port < 65_536)).map(([name]) => variableOf(name));
  const doubled = entries.filter(([name, port]) => entries.some(([other, same]) => same === port && other !== name));
  if (wrong.length > 0) throw new Error(`not a port: ${wrong.join(', ')} (and ORDERLINE_PORT_OFFSET)`);
  if (doubled.length > 0)
    throw new Error(`the same port twice: ${doubled.map(([name, port]) => `${name} ${port}`).join(', ')}`);
  return Object.fromEntries(entries) as Ports;
};

/** The environment variable that sets this port. */
export const variableOf = (name: string): string => `ORDERLINE_PORT_${name.toUpperCase().replaceAll('-', '_')}`;

/** The environment that sets all of these ports, here and in docker-compose.yml. */
export const portVariables = (ports: Ports): Record<string, string> =>
  Object.fromEntries(Object.entries(ports).map(([name, port]) => [variableOf(name), String(port)]));

const number = (text: string): number => (/^-?\d+$/u.test(text) ? Number(text) : Number.NaN);
