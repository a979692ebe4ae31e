const first = 3005;

/** The lowest port from 3005 on that the port plan gives to nothing yet. Throws when it already has this name. */
export const freePort = (portPlan: string, name: string): number => {
  const entries = [...portPlan.matchAll(/^ {2}'?([a-z0-9-]+)'?: (\d+),$/gmu)].map(([, taken, port]) => [
    taken,
    Number(port),
  ]);
  if (entries.some(([taken]) => taken === name))
    throw new Error(`there is a part of the stack called ${name} already.`);
  const ports = new Set(entries.map(([, port]) => port));
  let port = first;
  while (ports.has(port)) port += 1;
  return port;
};
