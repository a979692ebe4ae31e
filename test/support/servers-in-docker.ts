import { portVariables, viewStack } from '@orderline/local-stack';
import { DockerComposeEnvironment } from 'testcontainers';

/**
 * The servers of docker-compose.yml for a test run, where a Docker engine is (ORDERLINE_STACK=docker); removed at its end,
 * by testcontainers' own reaper when the run was killed.
 */
export const startServersInDocker = async (name: string, env: NodeJS.ProcessEnv): Promise<() => Promise<void>> => {
  const servers = await new DockerComposeEnvironment(process.cwd(), 'docker-compose.yml')
    .withProjectName(`orderline-${name}`)
    .withEnvironment(portVariables(viewStack(name, env).ports))
    .up(['postgres', 'kafka', 'registry', 'connect']);
  return async () => {
    await servers.down({ removeVolumes: true });
  };
};
