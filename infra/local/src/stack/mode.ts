/** Who runs the four servers: this machine's Java and npm packages, Docker, or somebody else. */
export type StackMode = 'native' | 'docker' | 'external';

export const parseMode = (text: string | undefined): StackMode | undefined => {
  if (text === undefined || text === '') return undefined;
  if (text === 'native' || text === 'docker' || text === 'external') return text;
  throw new Error(`ORDERLINE_STACK is native, docker or external, not ${text}`);
};
