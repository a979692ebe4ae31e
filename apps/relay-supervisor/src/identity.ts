/** What the service says about itself. */
export const identity = {
  name: 'relay-supervisor',
  version: '0.1.0',
  description: 'Watches the relay between the outbox and the topic, restarts it, and heals it when told to.',
};
